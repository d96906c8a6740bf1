import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useId } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api } from '../api'
import { Act, Field, textOf } from '../parts/act'
import { NewVersion } from '../parts/newversion'
import { margins, route } from '../queries'
import { useOperator } from '../session'
import { Margin, Terms } from './prices'

export function PricePage() {
  const { model } = useParams({ from: '/prices/$model' })
  const operator = useOperator()
  const answer = useQuery(route(model))
  const margin = useQuery(margins)
  return (
    <>
      <p><Link to="/prices">Prices</Link></p>
      <div className="title"><h1>{model}</h1><Margin of={margin.data?.data.find((one) => one.model === answer.data?.model)} /></div>
      <Shown of={answer}>{(data) => (
        <>
          <p className="actions"><Source path={`/operator/routes/${model}`} data={data} />{data.aliases.length > 0 && <span>also called {data.aliases.join(', ')}</span>}
            <span>Below its cost it is {data.on_loss === 'sell' ? 'sold all the same' : 'suspended'}.</span>{operator.has('prices') && <LossPolicy of={data} />}</p>
          {operator.has('prices') && <NewVersion of={data} key={data.model} />}
          <Versions name="Prices" of={data.prices} />
          <Versions name="What the upstream charges" of={data.costs} />
        </>
      )}</Shown>
    </>
  )
}

function Versions({ name, of }: { name: string; of: Schemas['BookVersion'][] }) {
  const heading = useId()
  const now = Date.now()
  const current = of.find((one) => Date.parse(one.valid_from) <= now)
  return (
    <section className="panel" aria-labelledby={heading}>
      <header><h2 id={heading}>{name}</h2><span className="hint">US dollars per million tokens: input / cached input / output</span></header>
      {of.length === 0 ? <Empty title="None" /> : (
        <table className="cards">
          <thead><tr><th>From</th><th className="number">Outside windows</th><th>Windows</th><th>Announced</th><th>Why</th></tr></thead>
          <tbody>{of.map((one) => (
            <tr key={one.version}>
              <td data-label="From"><span>{at(one.valid_from)}{one === current && <> <span className="tag good">in force</span></>}{Date.parse(one.valid_from) > now && <> <span className="tag">scheduled</span></>}</span></td>
              <td data-label="Outside windows" className="number"><Terms of={one} /></td>
              <td data-label="Windows"><span>{one.schedule?.windows.map((window) => <span key={window.name}>{window.name}: <Terms of={window} /> </span>) ?? 'none'}</span></td>
              <td data-label="Announced"><span>{one.announced_by}<span className="hint"> {at(one.announced_at)}, by {one.source.url}</span></span></td>
              <td data-label="Why">{one.reason ?? '–'}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </section>
  )
}

function LossPolicy({ of }: { of: Schemas['RouteVersions'] }) {
  const client = useQueryClient()
  const other = of.on_loss === 'sell' ? 'suspend' : 'sell'
  const set = useMutation({
    mutationFn: (form: FormData) => told(api.PUT('/operator/routes/{model}/loss-policy', { params: { path: { model: of.model } }, body: { policy: other, reason: textOf(form, 'reason') } })),
    onSuccess: () => Promise.all(['routes', 'margins'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  })
  return (
    <Act name={other === 'suspend' ? 'Suspend it then' : 'Sell it then'} title={`While ${of.model} is below its cost`} busy={set.isPending} error={set.error} reset={set.reset} act={set.mutateAsync}>
      <p>{other === 'suspend' ? 'Requests and quotes of it are refused as long as its price is below its cost.' : 'It is sold although every request loses money.'}</p>
      <Field name="reason" label="Why" required maxLength={200} />
    </Act>
  )
}
