# One file for all services: docker build --build-arg MODULE=ledger-service .
FROM maven:3.9-eclipse-temurin-25 AS build
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ARG MODULE
RUN mvn -B -ntp -q package -DskipTests -Dspotless.check.skip=true -pl ${MODULE} -am \
 && mkdir /app && cp ${MODULE}/target/*-exec.jar /app/app.jar

FROM eclipse-temurin:25-jre
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq curl && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home /app gogogoapi \
 && mkdir -p /var/lib/gogogoapi/outbox && chown gogogoapi /var/lib/gogogoapi/outbox
COPY --from=build /app /app
USER gogogoapi
WORKDIR /app
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
