import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { revokeLinks } from '../links';
import { FALLBACK } from './fail-over';

/**
 * Plans again what a message said that failed or came back, because a person asks for it: frozen anew, to the address that the directory names now, with new
 * links; what no longer holds is left out there. Its address is no longer held to be bad. Answers with how many notices were planned; 0 for any other message,
 * and for a code, which is asked for anew by whoever needs it.
 */
export const sendAnew = (db: Ledger, key: string, now: Instant): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const at = sql`${new Date(now)}::timestamptz`;
    const ended = await sql<{ channel: string; address: string }>`
      update message set state = 'superseded', reason = 'sent anew', in_trouble = false, awaits = null, next_try_at = null, settled_at = ${at}
      where key = ${key} and state in ('failed', 'bounced') and class <> 'code' returning channel, address`.execute(tx);
    const [message] = ended.rows;
    if (message === undefined) return 0;
    const planned = await sql<{ notice: string }>`
      update delivery d set state = 'planned', message = null, position = null, send_at = ${at},
        reason = case when d.channel = any(n.channels) then null else ${FALLBACK} end
      from notice n where n.key = d.notice and d.message = ${key} and d.state in ('failed', 'claimed', 'sent') returning d.notice`.execute(tx);
    await sql`delete from bad_address where channel = ${message.channel} and address = ${message.address}`.execute(tx);
    await tx.deleteFrom('plan_receipt').where('message', '=', key).execute();
    await revokeLinks(tx, [key], 'đã gửi lại bằng thư mới', now);
    return planned.rows.length;
  });
