import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api, told, type Schemas } from '../api/client'
import { depositAddresses } from '../api/queries'
import { Deposits } from '../parts/deposits'
import { QrCode } from '../parts/qr'
import { Copy, Source } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { mayTopUp, useSignedIn } from '../session'

type Chain = Schemas['DepositAddress']
type Token = Schemas['DepositToken']

/** What the button of a test chain pays, in tokens. */
const TEST_AMOUNT = '5'

export function TopUpPage() {
  const { account } = useSignedIn()
  const may = mayTopUp(account.role)
  const answer = useQuery({ ...depositAddresses, enabled: may })
  const [awaited, setAwaited] = useState<string>()
  const names = Object.fromEntries(answer.data?.data.map((chain) => [chain.chain_id, chain.name]) ?? [])
  return (
    <>
      <h1>Top up</h1>
      {!may && <p className="quiet">Credit is bought by owners, admins and billing.</p>}
      {may && <Shown of={answer}>{(page) => page.data.length === 0
        ? <Empty title="Deposits are off"><p>{page.explanation}</p></Empty>
        : <Pay chains={page.data} source={<Source path="/deposit-addresses" data={page} />} paid={setAwaited} />}</Shown>}
      {account.role === 'developer'
        ? <p className="quiet">Deposits are shown to owners, admins, billing and viewers.</p>
        : <Deposits names={names} awaited={awaited} />}
    </>
  )
}

function Pay({ chains, source, paid }: { chains: Chain[]; source: React.ReactNode; paid(transaction: string): void }) {
  const [chosen, setChosen] = useState({ chain: chains[0]!.chain_id, token: 'USDC' })
  const chain = chains.find((one) => one.chain_id === chosen.chain) ?? chains[0]!
  const token = chain.tokens.find((one) => one.symbol === chosen.token) ?? chain.tokens[0]
  const id = useId()
  if (!token) return <Empty title="Nothing is credited on this chain"><p>Ask the operator.</p></Empty>
  return (
    <>
      {chain.test && <div className="note" role="note"><h2>This is a test</h2><p>{chain.name} is a chain of this installation alone, and its tokens are worth nothing. Nobody can spend what
        arrives at its address: never send real tokens there.</p></div>}
      <section className="panel" aria-labelledby="pay">
        <header><h2 id="pay">Where to pay</h2>{source}</header>
        <div className="row">
          <div className="field"><label htmlFor={`${id}-chain`}>Chain</label>
            <select id={`${id}-chain`} value={chain.chain_id} onChange={(event) => setChosen({ ...chosen, chain: event.target.value })}>
              {chains.map((one) => <option key={one.chain_id} value={one.chain_id}>{one.name}</option>)}
            </select></div>
          <div className="field"><label htmlFor={`${id}-token`}>Token</label>
            <select id={`${id}-token`} value={token.symbol} onChange={(event) => setChosen({ chain: chain.chain_id, token: event.target.value })}>
              {chain.tokens.map((one) => <option key={one.symbol} value={one.symbol}>{chain.test ? `test ${one.symbol}` : one.symbol}</option>)}
            </select></div>
        </div>
        <div className="pay">
          <QrCode text={chain.address} label={`QR code of the address ${chain.address}`} />
          <div>
            <h3>Address of this account on {chain.name}</h3>
            <pre tabIndex={0} data-address>{chain.address}</pre>
            <p className="actions"><Copy text={chain.address} label="Copy the address" /><a className="button" href={token.payment_link}>Open in a wallet</a></p>
            <p className="hint">The code is the address alone, which every wallet and exchange reads. <em>Open in a wallet</em> also names chain and token (EIP-681).</p>
            {chain.test_payments && <TestPayment chain={chain} token={token} paid={paid} />}
          </div>
        </div>
        <Rules chain={chain} token={token} />
      </section>
    </>
  )
}

function Rules({ chain, token }: { chain: Chain; token: Token }) {
  return (
    <>
      <h3>Before you send</h3>
      <ul>
        <li>Only {chain.tokens.map((one) => one.symbol).join(' and ')}, and only on {chain.name}. What else arrives is shown below and not credited; the operator alone can send it back.</li>
        <li>{token.symbol} is the contract <span className="code">{token.contract}</span>, and no other of that name.</li>
        <li>Any amount, from anybody, as often as you like: one token is one dollar of credit. The address is this account’s for ever.</li>
      </ul>
      <h3>What happens next</h3>
      <ol>
        <li>Seconds after the transaction is in a block it is listed below as <em>seen</em>.</li>
        <li>It is <em>final</em> when the block cannot go away any more: on {chain.name} as a rule after about {lasting(chain.usually_final_seconds)}.</li>
        <li>Within seconds of that it is <em>credited</em>, once.</li>
      </ol>
    </>
  )
}

function lasting(seconds: number) {
  return seconds < 90 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`
}

function TestPayment({ chain, token, paid }: { chain: Chain; token: Token; paid(transaction: string): void }) {
  const client = useQueryClient()
  const pay = useMutation({
    mutationFn: () => told(api.POST('/deposit-addresses/test-payments', { body: { chain_id: chain.chain_id, token: token.symbol, amount: TEST_AMOUNT } })),
    onSuccess: (payment) => {
      paid(payment.transaction_hash)
      return client.invalidateQueries({ queryKey: ['deposits'] })
    },
  })
  return (
    <>
      <p className="actions"><button className="primary" disabled={pay.isPending} onClick={() => pay.mutate()}>Send {TEST_AMOUNT} test {token.symbol}</button></p>
      <div role="status">{pay.data && <p>{pay.data.amount} test {pay.data.token} are in a block: see below.</p>}</div>
      {pay.isError && <Problem error={pay.error} />}
    </>
  )
}
