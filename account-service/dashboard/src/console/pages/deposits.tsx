import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { dollars } from '../../dashboard/api/money'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api } from '../api'
import { Act, Field, textOf } from '../parts/act'
import { Pages, usePages } from '../parts/pages'
import { chains, deposits, depositsPath, tokenStops, type DepositState } from '../queries'
import { useOperator } from '../session'

export type { DepositState }
export const DEPOSIT_STATES: DepositState[] = ['seen', 'confirming', 'final', 'credited', 'rejected', 'orphaned']

/** How deposits of stablecoins come in, and what keeps some from being credited. */
export function DepositsPage() {
  return (
    <>
      <h1>Deposits</h1>
      <p>A deposit is credited once it is final on its chain and nothing stands in its way. What is <Link to="/deposits" search={{ state: 'final' }}>final</Link> and stays so waits; what is <Link to="/deposits" search={{ state: 'rejected' }}>rejected</Link> is not credited.</p>
      <Chains />
      <Stops />
      <Arrivals />
    </>
  )
}

function Chains() {
  const answer = useQuery(chains)
  return (
    <section className="panel" aria-labelledby="chains">
      <header><h2 id="chains">Chains</h2>{answer.data && <Source path="/operator/chains" data={answer.data} />}</header>
      <Shown of={answer}>{({ data }) => data.length === 0
        ? <Empty title="No chain is on"><p>A chain is on once it is given nodes and an extended public key.</p></Empty>
        : (
          <table className="cards">
            <thead><tr><th>Chain</th><th className="number">Recorded up to</th><th className="number">Behind</th><th className="number">Newest block</th><th>Looked at</th><th>Nodes</th><th>State</th></tr></thead>
            <tbody>{data.map((one) => (
              <tr key={one.chain_id}>
                <td data-label="Chain"><span>{one.name}{one.test && <> <span className="tag">test</span></>} <span className="code hint">{one.chain_id}</span></span></td>
                <td data-label="Recorded up to" className="number">{one.final_height ?? '–'}</td>
                <td data-label="Behind" className="number">{one.behind ?? '–'}</td>
                <td data-label="Newest block" className="number">{one.head_height ?? '–'}</td>
                <td data-label="Looked at">{one.looked_at ? at(one.looked_at) : '–'}</td>
                <td data-label="Nodes"><span>{one.nodes?.map((node) => <span key={node.node} className={node.kind === 'good' ? 'tag good' : 'tag bad'} title={node.reason ?? undefined}>{node.node} {node.kind.replace('_', ' ')}</span>) ?? '–'}</span></td>
                <td data-label="State">{one.alarms.length === 0 ? <span className="tag good">goes on</span> : <span>{one.alarms.map((alarm) => <span key={alarm} className="wrong">{alarm} </span>)}</span>}</td>
              </tr>
            ))}</tbody>
          </table>
        )}</Shown>
    </section>
  )
}

function useChanged() {
  const client = useQueryClient()
  return () => Promise.all([client.invalidateQueries({ queryKey: ['token-stops'] }), client.invalidateQueries({ queryKey: ['deposits'] })])
}

function Stops() {
  const operator = useOperator()
  const answer = useQuery(tokenStops)
  return (
    <section className="panel" aria-labelledby="stops">
      <header><h2 id="stops">Stopped tokens</h2>{answer.data && <Source path="/operator/token-stops" data={answer.data} />}</header>
      <Shown of={answer}>{({ data }) => (
        <>
          {data.length === 0 ? <Empty title="No token is stopped" /> : (
            <table className="cards">
              <thead><tr><th>Token</th><th>Chain</th><th>Since</th><th>By</th><th>Why</th><th>What you can do</th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={`${one.chain_id}/${one.token}`}>
                  <td data-label="Token">{one.token}</td><td data-label="Chain">{one.chain_id}</td><td data-label="Since">{at(one.stopped_at)}</td>
                  <td data-label="By">{one.stopped_by}</td><td data-label="Why">{one.reason}</td>
                  <td data-label="What you can do">{operator.has('treasury') ? <Resume of={one} /> : '–'}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          {operator.has('treasury') && <Stop />}
        </>
      )}</Shown>
    </section>
  )
}

function Stop() {
  const token = useId()
  const known = useQuery(chains)
  const stop = useMutation({
    mutationFn: (form: FormData) => {
      const [chainId = '', symbol = ''] = textOf(form, 'token').split('/')
      return told(api.PUT('/operator/token-stops/{chainId}/{token}', { params: { path: { chainId, token: symbol } }, body: { reason: textOf(form, 'reason') } }))
    },
    onSuccess: useChanged(),
  })
  const tokens = known.data?.data.flatMap((chain) => chain.tokens.map((symbol) => ({ value: `${chain.chain_id}/${symbol}`, name: `${symbol} on ${chain.name}` }))) ?? []
  if (tokens.length === 0) return null
  return (
    <Act name="Stop a token" title="Stop a token" danger busy={stop.isPending} error={stop.error} reset={stop.reset} act={stop.mutateAsync}>
      <p>What arrives of it waits, visibly, until it is let go on; customers are shown your reason. What the ledger was asked for already is credited.</p>
      <div className="field"><label htmlFor={token}>Token</label><select id={token} name="token">{tokens.map((one) => <option key={one.value} value={one.value}>{one.name}</option>)}</select></div>
      <Field name="reason" label="Why" hint="customers are shown it" required maxLength={200} />
    </Act>
  )
}

function Resume({ of }: { of: Schemas['TokenStops']['data'][number] }) {
  const resume = useMutation({
    mutationFn: () => told(api.DELETE('/operator/token-stops/{chainId}/{token}', { params: { path: { chainId: of.chain_id, token: of.token } } })),
    onSuccess: useChanged(),
  })
  return (
    <Act name="Let it go on" title={`Let ${of.token} on ${of.chain_id} go on`} busy={resume.isPending} error={resume.error} reset={resume.reset} act={() => resume.mutateAsync()}>
      <p>What has waited is credited within a minute.</p>
    </Act>
  )
}

function Arrivals() {
  const { state, account } = useSearch({ from: '/deposits' })
  const navigate = useNavigate()
  const pages = usePages()
  const answer = useQuery(deposits(state, account, pages.cursor))
  const which = useId()
  return (
    <section className="panel" aria-labelledby="arrivals">
      <header><h2 id="arrivals">What arrived</h2>{answer.data && <Source path={depositsPath(state, account, pages.cursor)} data={answer.data} />}</header>
      <div className="field"><label htmlFor={which}>State</label>
        <select id={which} value={state ?? ''} onChange={(event) => { pages.first(); void navigate({ to: '/deposits', search: { account, state: (event.target.value || undefined) as DepositState | undefined } }) }}>
          <option value="">any</option>{DEPOSIT_STATES.map((one) => <option key={one}>{one}</option>)}
        </select></div>
      {account && <p>Of <Link to="/accounts/$account" params={{ account }}>{account}</Link>. <Link to="/deposits" search={{ state }}>Of everybody</Link></p>}
      <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
        ? <Empty title={state ? `No deposit is ${state}` : 'Nothing has arrived yet'} />
        : (
          <>
            <table className="cards">
              <thead><tr><th>Seen</th><th>Account</th><th>State</th><th className="number">Amount</th><th className="number">Credit</th><th>Transaction</th></tr></thead>
              <tbody>{data.map((one) => <Arrival key={one.id} of={one} />)}</tbody>
            </table>
            <Pages of={pages} next={next} />
          </>
        )}</Shown>
    </section>
  )
}

function Arrival({ of }: { of: Schemas['AllDeposits']['data'][number] }) {
  return (
    <tr>
      <td data-label="Seen">{at(of.seen_at)}</td>
      <td data-label="Account"><Link to="/accounts/$account" params={{ account: of.account_id }}>{of.account_id}</Link></td>
      <td data-label="State"><span><span className={of.state === 'credited' ? 'tag good' : of.state === 'rejected' ? 'tag bad' : 'tag'}>{of.state}</span>{' '}
        <span className="hint">{of.waits_for ?? of.explanation}</span></span></td>
      <td data-label="Amount" className="number">{of.amount ?? of.amount_atomic} {of.token ?? (of.contract ? 'of another token' : 'of the chain’s coin')}</td>
      <td data-label="Credit" className="number">{of.amount_usd ? dollars(of.amount_usd) : '–'}</td>
      <td data-label="Transaction"><span>{of.chain_id}{of.test && <> <span className="tag">test</span></>} <span className="code hint" title={of.transaction_hash}>{of.transaction_hash.slice(0, 10)}…{of.transaction_hash.slice(-8)}</span></span></td>
    </tr>
  )
}
