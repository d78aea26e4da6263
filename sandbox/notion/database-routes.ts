import type { Answer } from '../http.ts';
import { databaseAnswer, dataSourceAnswer } from './answers.ts';
import { type Api, idOf, type Request, visible } from './api.ts';
import type { DataSource } from './model.ts';
import { notFound, refusal } from './refusal.ts';

/** https://developers.notion.com/reference/retrieve-database */
export function getDatabase(request: Request, api: Api): Answer {
  const id = idOf(request, 'database_id');
  const entity = visible(id, api);
  if (entity?.kind === 'page')
    throw refusal(400, `Provided ID ${id} is a page, not a database. Use the retrieve page API instead.`);
  if (entity?.kind !== 'database') throw notFound('database', id, api.integrationName);
  return { status: 200, body: databaseAnswer(entity, api, request.version) };
}

/** https://developers.notion.com/reference/retrieve-a-data-source */
export function getDataSource(request: Request, api: Api): Answer {
  return { status: 200, body: dataSourceAnswer(dataSourceOfPath(request, api), api, request.version) };
}

/** @throws Refusal 400, 404: also for a database's id, which is not that of its data source. */
export function dataSourceOfPath(request: Request, api: Api): DataSource {
  const id = idOf(request, 'data_source_id');
  const entity = visible(id, api);
  if (entity?.kind !== 'dataSource') throw notFound('data_source', id, api.integrationName);
  return entity;
}
