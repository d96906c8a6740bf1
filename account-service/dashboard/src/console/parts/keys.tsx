import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { at } from '../../dashboard/api/time'
import { KeyFields, settingsOf } from '../../dashboard/parts/keyform'
import { Copy, Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api, because } from '../api'
import { keys } from '../queries'
import { useOperator } from '../session'
import { Act, textOf, Why } from './act'

/** The account's keys; a key itself is shown once, when it is issued. */
export function Keys({ account }: { account: string }) {
  const operator = useOperator()
  const answer = useQuery(keys(account))
  return (
    <section className="panel" aria-labelledby="keys">
      <header><h2 id="keys">API keys</h2>{operator.has('support') && <Issue account={account} />}</header>
      <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0 ? <Empty title="No keys" /> : (
        <>
          <p><Source path={`/operator/accounts/${account}/keys?limit=1000`} data={answer.data} /></p>
          <table className="cards">
            <thead><tr><th>Label</th><th>Key</th><th>State</th><th>Last used</th><th><span className="hint">Change</span></th></tr></thead>
            <tbody>{data.map((one) => (
              <tr key={one.key_id}>
                <td data-label="Label">{one.label}</td><td data-label="Key" className="code">…{one.last_four}</td>
                <td data-label="State"><span className={one.status === 'active' ? 'tag good' : 'tag bad'}>{one.status}</span></td>
                <td data-label="Last used">{one.last_used_at ? at(one.last_used_at) : 'never'}</td>
                <td>{operator.has('support') && one.status !== 'revoked' && <Change account={account} of={one} />}</td>
              </tr>
            ))}</tbody>
          </table>
          {next && <p className="hint">The first 1,000 are shown.</p>}
        </>
      )}</Shown>
    </section>
  )
}

function Issue({ account }: { account: string }) {
  const purpose = useId()
  const client = useQueryClient()
  const issue = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/accounts/{account}/keys', {
      params: { path: { account } }, headers: because(textOf(form, 'reason')),
      body: { ...settingsOf(form), label: textOf(form, 'label'), purpose: form.get('purpose') === 'management' ? 'management' : 'inference' } as Schemas['NewApiKey'],
    })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', account, 'keys'] }),
  })
  return (
    <>
      {issue.data && <span className="note"><span>The key {issue.data.label}, shown this once:</span><span className="code" data-secret> {issue.data.api_key} </span><Copy text={issue.data.api_key} /><button onClick={issue.reset}>I have kept it</button></span>}
      <Act name="Issue a key" busy={issue.isPending} error={issue.error} reset={issue.reset} act={issue.mutateAsync}>
        <KeyFields models={[]} />
        <div className="field"><label htmlFor={purpose}>For</label><select id={purpose} name="purpose"><option value="inference">calling models</option><option value="management">managing keys</option></select></div>
        <Why required={false} />
      </Act>
    </>
  )
}

function Change({ account, of }: { account: string; of: Schemas['ApiKey'] }) {
  const client = useQueryClient()
  const path = { params: { path: { account, keyId: of.key_id } } }
  const onSuccess = () => client.invalidateQueries({ queryKey: ['account', account, 'keys'] })
  const disable = useMutation({
    mutationFn: (form: FormData) => told(api.PATCH('/operator/accounts/{account}/keys/{keyId}', {
      ...path, headers: because(textOf(form, 'reason')), body: { disabled: of.status !== 'disabled' } as Schemas['ApiKeyChange'],
    })),
    onSuccess,
  })
  const revoke = useMutation({
    mutationFn: (form: FormData) => told(api.DELETE('/operator/accounts/{account}/keys/{keyId}', { ...path, headers: because(textOf(form, 'reason')) })),
    onSuccess,
  })
  const name = of.status === 'disabled' ? 'Enable' : 'Disable'
  return (
    <span className="actions">
      <Act name={name} title={`${name} the key ${of.label}`} busy={disable.isPending} error={disable.error} reset={disable.reset} act={disable.mutateAsync}><Why required={false} /></Act>
      <Act name="Revoke" title={`Revoke the key ${of.label}`} danger busy={revoke.isPending} error={revoke.error} reset={revoke.reset} act={revoke.mutateAsync}>
        <p>Whatever still uses it is refused from now on. This cannot be taken back.</p><Why />
      </Act>
    </span>
  )
}
