/**
 * A turn's files, brought up to those that it has now, which are bound as `:files` (null: as they are). A file that is
 * gone stays in its place and is marked, and new ones come last: by their places files are known. One that cannot be
 * fetched has no ref, so its name has to do. What was taken back has lost all of its files: when it is shown again, it
 * has them anew.
 *
 * @param turn what the statement calls the turn.
 */
export function filesBroughtUp(turn: string): string {
  return `
    case when cast(:files as jsonb) is null then ${turn}.files else (
      select coalesce(jsonb_agg(file order by is_new, place), '[]') from (
        select false as is_new, place,
          case when ${isThere(turn)} and exists (
            select from jsonb_array_elements(cast(:files as jsonb)) listed (now) where ${isSame}
          ) then file else file || jsonb_build_object('gone', true) end as file
        from jsonb_array_elements(${turn}.files) with ordinality known (file, place)
        union all
        select true, place, now from jsonb_array_elements(cast(:files as jsonb)) with ordinality listed (now, place)
        where not exists (
          select from jsonb_array_elements(${turn}.files) known (file) where ${isThere(turn)} and ${isSame}
        )
      ) brought
    ) end`;
}

function isThere(turn: string): string {
  return `not ${turn}.withdrawn and file -> 'gone' is null`;
}

const isSame = `case
    when file ->> 'ref' is null or now ->> 'ref' is null then file ->> 'name' = now ->> 'name'
    else file ->> 'ref' = now ->> 'ref'
  end`;
