import { Button, Note, State, toast } from '@chonso/ui';
import { CircleAlert, Store } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { ComparisonTable } from '../../record/ComparisonTable.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Case, type Findings, useExpected, useOpenAtStore, useStoreDecision } from './cases.ts';
import { DecisionBar } from './DecisionBar.tsx';
import { openOf, Points } from './Points.tsx';
import { words } from './words.ts';

const w = words.stores;
type Expected = ReturnType<typeof useExpected>['rows'][number];
type Opened = { code: string; shown: Case };

/** The store's desk: the customer shows the code, the clerk has person and document in front (LAW03, G27). */
export function AtStore() {
  const expected = useExpected();
  const [opened, setOpened] = useState<Opened>();
  const [code, setCode] = useState('');
  const open = useOpenAtStore((shownCode, shown) => setOpened({ code: shownCode, shown }));
  const columns: Column<Expected>[] = [
    {
      key: 'code',
      title: words.columns.code,
      width: '200px',
      cell: ({ code_ending }) => (code_ending ? w.ending(code_ending) : words.none),
    },
    {
      key: 'reasons',
      title: words.columns.reasons,
      width: 'minmax(220px, 2fr)',
      cell: ({ reasons }) => reasons.map(({ text_vi }) => text_vi).join(' '),
    },
    { key: 'since', title: words.columns.since, width: '90px', cell: (row) => elapsed(row.waits_since) },
  ];
  return (
    <Workspace
      title={words.pages.stores}
      side={
        opened && (
          <StoreCase
            key={opened.code}
            {...opened}
            onDone={() => {
              setOpened(undefined);
              setCode('');
            }}
          />
        )
      }
    >
      <form
        className="store-f"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim()) open.mutate(code.trim().toUpperCase());
        }}
      >
        <p className="lead">{w.lead}</p>
        <div className="field">
          <label htmlFor="store-code">{w.code}</label>
          <input
            id="store-code"
            value={code}
            maxLength={20}
            autoComplete="off"
            autoFocus
            onChange={({ target }) => setCode(target.value)}
          />
        </div>
        <Button kind={opened ? 'line' : 'primary'} type="submit" busy={open.isPending}>
          {w.open}
        </Button>
        <Refused error={open.error} />
      </form>
      <h2 className="ws-h">{w.expected}</h2>
      {expected.reading.error && !expected.rows.length ? (
        <Failure error={expected.reading.error} retry={() => void expected.reading.refetch()} />
      ) : (
        <DataTable
          label={w.expected}
          columns={columns}
          rows={expected.rows}
          keyOf={(row) => `${row.code_ending}${row.waits_since}`}
          nameOf={(row) => w.ending(row.code_ending ?? '')}
          selected={undefined}
          onSelect={() => document.getElementById('store-code')?.focus()}
          loading={expected.loading}
          onEnd={expected.onEnd}
          empty={<State icon={<Store size={30} aria-hidden="true" />} title={w.empty} />}
        />
      )}
    </Workspace>
  );
}

function StoreCase({ code, shown, onDone }: Opened & { onDone: () => void }) {
  const [findings, find] = useState<Findings>({});
  const [contract, setContract] = useState('');
  const [isRefusing, setRefusing] = useState(false);
  const decision = useStoreDecision(code, (after) => {
    toast(after.status === 'KYC_PASSED' ? words.passed : words.failed);
    onDone();
  });
  const left = openOf(shown, findings).length;
  const isSettled = shown.settled.length > 0;
  const common = { findings, repeat: 'PHOTO', contract_reference: contract.trim() || null } as const;
  return (
    <>
      <header className="side-h">
        <b>{code}</b>
        <p>{words.attemptNo(shown.attempt)}</p>
      </header>
      <div className="side-b">
        {shown.reasons.map(({ code: reason, text_vi }) => (
          <p key={reason} className="doubt">
            {text_vi}
          </p>
        ))}
        <ComparisonTable rows={shown.comparison} />
        {isSettled ? (
          <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
            {words.settled} {shown.reasons.map(({ text_vi }) => text_vi).join(' ')}
          </Note>
        ) : (
          <Points shown={shown} findings={findings} onFind={find} />
        )}
        <div className="field">
          <label htmlFor="contract">{w.contract}</label>
          <input
            id="contract"
            value={contract}
            maxLength={64}
            autoComplete="off"
            onChange={({ target }) => setContract(target.value)}
          />
        </div>
        {!isRefusing && <Refused error={decision.error} />}
      </div>
      <DecisionBar
        left={left}
        isSettled={isSettled}
        isPassing={decision.isPending && !isRefusing}
        onFail={() => setRefusing(true)}
        onPass={() => decision.mutate({ ...common, decision: 'PASS', reason_code: null })}
      />
      {isRefusing && (
        <ReasonDialog
          title={words.failTitle}
          lead={words.failLead}
          reasons={Object.entries(words.failReasons).map(([reason, name]) => ({ code: reason, name }))}
          confirm={words.fail}
          busy={decision.isPending}
          error={decision.error}
          onConfirm={(reason_code) =>
            decision.mutate({ ...common, findings: {}, decision: 'FAIL', reason_code })
          }
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}
