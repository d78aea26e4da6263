/** Something the person who starts the sandbox must mend; its message is all they see. */
export class SandboxFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SandboxFault';
  }
}
