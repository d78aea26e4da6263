import type { Knex } from 'knex';

/**
 * Vectors of the chunks' texts. Each model has a table of its own, `embedding_<id>`, made with its first vectors, because
 * only then their length is known, which the type of a column and its index want to be told. Whether the server has pgvector
 * is seen then as well: here nothing needs it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(hashes);
  await knex.raw(models);
}

export async function down(knex: Knex): Promise<void> {
  const { rows } = await knex.raw(`select id from embedding_model where dimensions is not null`);
  for (const { id } of rows) await knex.raw('drop table ??', [`embedding_${id}`]);
  await knex.raw(`
    drop table embedding_use, embedding_model;
    drop trigger chunk_embedded on chunk;
    drop function hash_embedded();
    alter table chunk drop column text_hash;
    drop function embedded_text;
  `);
}

// What is embedded of a chunk stands in one place, and its hash follows every write. Vectors are kept by that hash, not by
// chunk: a sync that writes a document anew gives its chunks new ids, and most of them the text they had.
// A trigger of rows, because one of statements would write each row twice. It sees the document, even if that is written by
// the same statement.
const hashes = `
  create function embedded_text(title text, headings text[], text text) returns text
    language sql immutable parallel safe as $embedded$
      select array_to_string(array[title] || headings, E'\\n') || E'\\n\\n' || text
    $embedded$;
  alter table chunk add column text_hash bytea;
  update chunk c set text_hash = sha256(convert_to(embedded_text(d.title, c.headings, c.text), 'UTF8'))
    from document d where d.id = c.document_id;
  alter table chunk alter column text_hash set not null;
  create index chunk_text_hash on chunk (text_hash);
  create function hash_embedded() returns trigger language plpgsql as $hash$
  begin
    new.text_hash := sha256(convert_to(
      embedded_text((select title from document where id = new.document_id), new.headings, new.text), 'UTF8'));
    return new;
  end
  $hash$;
  create trigger chunk_embedded before insert on chunk for each row execute function hash_embedded();
`;

const models = `
  create table embedding_model (
    id int generated always as identity primary key,
    name text not null unique,
    dimensions int,                      -- null: there is no vector yet, and no table
    indexed boolean not null default false, -- its table has halfvec and an HNSW index; else bytea, four bytes a number, little-endian
    puts bigint not null default 0       -- counts writes, so that who holds a copy sees that there is more
  );
  create table embedding_use (           -- one row; who changes anything about models holds it
    wanted int references embedding_model,
    searched int references embedding_model
  );
  insert into embedding_use values (null, null);
`;
