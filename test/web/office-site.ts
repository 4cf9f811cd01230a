import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Ledger } from '../../ledger/connect';
import { embeddedEngine } from '../support/ledger';
import { type LinkOffice, openLinkOffice } from '../support/link-office';

export type OfficeSite = {
  readonly url: string; readonly ledger: Ledger; readonly office: LinkOffice;
  /** The code that a page in the browser asks for, as the phone shows it. */
  readonly codeFor: (page: Page) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** The pages behind links on a port of their own, decided by the rules; the board only by a session, as for the world outside. */
export const openOfficeSite = async (): Promise<OfficeSite> => {
  const engine = embeddedEngine();
  const ledger = await engine.freshLedger();
  const office = await openLinkOffice(ledger, { publicUrl: 'http://nv.example' });
  const server = serve({ fetch: office.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url, ledger, office,
    codeFor: async (page) => office.codeFor({ status: 200, html: await page.content(), text: '', headers: new Headers() }),
    stop: async () => {
      await new Promise((done) => server.close(done));
      await engine.stop();
    },
  };
};
