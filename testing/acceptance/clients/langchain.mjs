// LangChain's model over chat completions.
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { ANSWER, TOOL, limitOf } from './asked.mjs'

export default ({ origin, model }) => {
  const chat = (asked) =>
    new ChatOpenAI({
      model: asked.model ?? model,
      apiKey: asked.key,
      maxRetries: asked.retries ?? 0,
      maxTokens: limitOf(asked),
      timeout: asked.timeoutMillis,
      configuration: { baseURL: `${origin}/v1` },
    })
  return {
    '@langchain/openai (chat)': {
      isError: (error, status) => error.status === status,
      isBroken: (error) => error instanceof Error,
      isTimeOut: (error) => error.name === 'TimeoutError',
      async whole(asked) {
        const answer = await chat(asked).invoke(asked.prompt, { signal: asked.signal })
        return { text: answer.content, used: answer.usage_metadata.output_tokens }
      },
      async *streamed(asked) {
        let used
        for await (const chunk of await chat(asked).stream(asked.prompt, { signal: asked.signal })) {
          used = chunk.usage_metadata?.output_tokens ?? used
          if (chunk.content) {
            yield chunk.content
          }
        }
        return used
      },
      async tools(asked, call) {
        const weather = tool(call, { name: TOOL.name, description: TOOL.description, schema: TOOL.zod })
        const messages = [new HumanMessage(asked.prompt)]
        const withTools = chat(asked).bindTools([weather])
        const first = await withTools.invoke(messages)
        messages.push(first)
        for (const wanted of first.tool_calls) {
          messages.push(new ToolMessage({ content: await weather.invoke(wanted.args), tool_call_id: wanted.id }))
        }
        return (await withTools.invoke(messages)).content
      },
      async structured(asked) {
        return chat(asked).withStructuredOutput(ANSWER, { method: 'jsonSchema' }).invoke(asked.prompt)
      },
    },
  }
}
