import { tellTicketLoop } from './ticket-loop.ts';

tellTicketLoop('teams');
