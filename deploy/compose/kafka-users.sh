#!/bin/sh
# Who logs in to Kafka, and what each may do there. Run by the broker's admin with Kafka's own tools, again whenever a
# password or a right has changed; what nobody is allowed here nobody may do. A test holds it against the code.
#
#   KAFKA          HOST:PORT
#   ADMIN_CONFIG   how the admin logs in: security.protocol, sasl.mechanism, sasl.jaas.config
#   and the passwords below
set -eu

tools=${KAFKA_TOOLS:-/opt/kafka/bin}

user() { # NAME PASSWORD, in a file: a command line is for every user of the machine to read
  config=$(umask 077 && mktemp)
  printf 'SCRAM-SHA-512=[password=%s]\n' "$2" > "$config"
  "$tools/kafka-configs.sh" --bootstrap-server "$KAFKA" --command-config "$ADMIN_CONFIG" \
    --alter --entity-type users --entity-name "$1" --add-config-file "$config"
  rm -f "$config"
}

allow() { # USER OPERATIONS TOPICS
  set -- "User:$1" "$2" "$3" "$tools/kafka-acls.sh" --bootstrap-server "$KAFKA" --command-config "$ADMIN_CONFIG" --add
  principal=$1 operations=$2 topics=$3
  shift 3
  for operation in $operations; do set -- "$@" --operation "$operation"; done
  for topic in $topics; do set -- "$@" --topic "$topic"; done
  "$@" --allow-principal "$principal"
}

allow_group() { # USER PATTERN GROUP
  "$tools/kafka-acls.sh" --bootstrap-server "$KAFKA" --command-config "$ADMIN_CONFIG" \
    --add --allow-principal "User:$1" --operation Read --resource-pattern-type "$2" --group "$3"
}

all="ledger-intake ledger-events credit-decisions ledger-checkpoints route-prices api-keys dead-letters"

allow pricing-service "Create Describe DescribeConfigs" "$all"
allow pricing-service "Write" "route-prices dead-letters"

allow account-service "Create Describe DescribeConfigs" "$all"
allow account-service "Write" "api-keys dead-letters"

allow quote-service "Create Describe DescribeConfigs" "$all"
allow quote-service "Write" "ledger-intake dead-letters"
allow quote-service "Read" "route-prices ledger-events"

allow ledger-service "Create Describe DescribeConfigs" "$all"
allow ledger-service "Write" "ledger-intake ledger-events credit-decisions ledger-checkpoints dead-letters"
allow ledger-service "Read" "ledger-intake ledger-events ledger-checkpoints"
allow_group ledger-service literal ledger-service

allow proxy-service "Create Describe DescribeConfigs" "$all"
allow proxy-service "Write" "ledger-intake dead-letters"
allow proxy-service "Read" "credit-decisions api-keys"
allow_group proxy-service literal proxy-decisions

allow usage-service "Create Describe DescribeConfigs" "$all"
allow usage-service "Write" "dead-letters"
allow usage-service "Read" "ledger-events route-prices"
allow_group usage-service literal usage-service

allow funding-service "Create Describe DescribeConfigs" "$all"
allow funding-service "Write" "ledger-intake dead-letters"

allow auditor "Read DescribeConfigs" "$all"
allow_group auditor prefixed auditor

user pricing-service "$KAFKA_PRICING_SERVICE_PASSWORD"
user account-service "$KAFKA_ACCOUNT_SERVICE_PASSWORD"
user quote-service "$KAFKA_QUOTE_SERVICE_PASSWORD"
user ledger-service "$KAFKA_LEDGER_SERVICE_PASSWORD"
user proxy-service "$KAFKA_PROXY_SERVICE_PASSWORD"
user usage-service "$KAFKA_USAGE_SERVICE_PASSWORD"
user funding-service "$KAFKA_FUNDING_SERVICE_PASSWORD"
user auditor "$KAFKA_AUDITOR_PASSWORD"
user admin "$KAFKA_ADMIN_PASSWORD"
