import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { told, type Schemas } from '../../dashboard/api/client'
import { dollars } from '../../dashboard/api/money'
import { Source } from '../../dashboard/parts/source'
import { Shown } from '../../dashboard/parts/states'
import { api, because } from '../api'
import { limits } from '../queries'
import { useOperator } from '../session'
import { Act, Amount, Field, textOf, Why } from './act'

const WINDOWS = ['day', 'week', 'month', 'total'] as const
const RATES = [['requests_per_minute', 'Requests a minute'], ['tokens_per_minute', 'Tokens a minute'], ['requests_in_flight', 'Requests in flight']] as const

const named = (window: string) => (window === 'total' ? 'In all' : `A ${window}`)

/** Budgets and rates of all keys of the account together. */
export function Limits({ account }: { account: string }) {
  const operator = useOperator()
  const answer = useQuery(limits(account))
  return (
    <section className="panel" aria-labelledby="limits">
      <header><h2 id="limits">Limits of all its keys together</h2>{answer.data && <Source path={`/operator/accounts/${account}/limits`} data={answer.data} />}</header>
      <Shown of={answer}>{(data) => (
        <>
          <dl className="figures">
            {data.budgets?.map((one) => <div className="figure" key={`${one.window} ${one.warn_only}`}><dt>{named(one.window)}{one.warn_only && ', warns only'}</dt><dd>{dollars(one.limit_usd)}</dd></div>)}
            {RATES.map(([name, label]) => data.rates?.[name] != null && <div className="figure" key={name}><dt>{label}</dt><dd>{data.rates[name]}</dd></div>)}
          </dl>
          {!data.budgets?.length && !RATES.some(([name]) => data.rates?.[name] != null) && <p className="quiet">There are none.</p>}
          {operator.has('support') && <Change account={account} of={data} key={JSON.stringify(data)} />}
        </>
      )}</Shown>
    </section>
  )
}

function Change({ account, of }: { account: string; of: Schemas['Limits'] }) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (form: FormData) => told(api.PUT('/operator/accounts/{account}/limits', {
      params: { path: { account } }, headers: because(textOf(form, 'reason')), body: limitsOf(form, of),
    })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', account, 'limits'] }),
  })
  return (
    <Act name="Change the limits" busy={change.isPending} error={change.error} reset={change.reset} act={change.mutateAsync}>
      <p>What is left empty is no limit.</p>
      <div className="row">{WINDOWS.map((window) => <Amount key={window} name={`budget_${window}`} label={`${named(window)}, in US dollars`} defaultValue={refusing(of).find((one) => one.window === window)?.limit_usd ?? ''} />)}</div>
      <div className="row">{RATES.map(([name, label]) => <Field key={name} name={name} label={label} type="number" min="1" defaultValue={of.rates?.[name] ?? ''} />)}</div>
      <Why />
    </Act>
  )
}

const refusing = (of: Schemas['Limits']) => of.budgets?.filter((one) => !one.warn_only) ?? []

/** The form has the budgets that refuse; those that only warn stay as they are. */
function limitsOf(form: FormData, before: Schemas['Limits']): Schemas['Limits'] {
  const count = (name: string) => (textOf(form, name) ? Number(textOf(form, name)) : undefined)
  return {
    budgets: [
      ...WINDOWS.filter((window) => textOf(form, `budget_${window}`)).map((window) => ({ window, limit_usd: textOf(form, `budget_${window}`), warn_only: false })),
      ...(before.budgets?.filter((one) => one.warn_only) ?? []),
    ],
    rates: Object.fromEntries(RATES.map(([name]) => [name, count(name)]).filter(([, value]) => value !== undefined)),
  }
}
