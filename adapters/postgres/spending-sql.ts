/** Calls, and the totals of people and channels, are kept as many days: long enough to answer whoever asks about a bill. */
const KEPT_DAYS = 90;

/**
 * Adds to the totals of a call, each of them made when it is missing, and returns them as they are then. All who spend
 * take the rows in the same order, the one that all need first, so none waits for another in a circle.
 */
export const addToTotals = `
  insert into spending_total as total (scope, whose, period, amount)
  select scope, whose, period, cast(:amount as bigint)
  from (values
    (1, 'month', '', date_trunc('month', cast(:day as timestamp))::date),
    (2, 'day', '', cast(:day as date)),
    (3, 'channel', cast(:channel as text), cast(:day as date)),
    (4, 'person', cast(:personRef as text), cast(:day as date))
  ) as counted (place, scope, whose, period)
  where whose is not null
  order by place
  on conflict (scope, whose, period) do update set amount = total.amount + excluded.amount
  returning scope, whose, amount, told_percent, told_cap, xmax = 0 as is_new`;

/** Notes which share was told. The highest cap stays noted, so that two versions of the settings never take turns in telling. */
export const noteTold = `
  update spending_total set told_percent = :percent, told_cap = greatest(told_cap, cast(:cap as bigint))
  where scope = :scope and whose = :whose
    and period = case when :scope = 'month' then date_trunc('month', cast(:day as timestamp))::date else cast(:day as date) end`;

export const insertCall = `
  insert into spending_call (purpose, model, conversation_id, person_ref, channel, at, reserved)
  values (:purpose, :model, :conversationId, :personRef, :channel, :at, :reserved)
  returning id`;

/** No row: it was settled before, or there is none. */
export const settleCall = `
  update spending_call set spent = :spent, input_tokens = :inputTokens, cached_tokens = :cachedTokens,
    output_tokens = :outputTokens, settled_at = clock_timestamp()
  where id = :reservationId and settled_at is null
  returning reserved, at, person_ref, channel`;

export const amountOf = `
  select amount from spending_total where scope = :scope and whose = '' and period = cast(:period as date)`;

export const amountOfConversation = `
  select coalesce(sum(coalesce(spent, reserved)), 0) as amount from spending_call where conversation_id = :conversationId`;

/** Of all together one row a day and a month is left, for good. */
export const removeOld = `
  with gone as (
    delete from spending_total
    where scope in ('channel', 'person') and period < cast(:day as date) - ${KEPT_DAYS}
  )
  delete from spending_call where at < cast(:day as timestamp) at time zone 'UTC' - interval '${KEPT_DAYS} days'`;
