namespace MlOpsBuild.Core.Telemetry.Tests;

/// <summary>The variables of OpenTelemetry's specification: "OpenTelemetry Protocol Exporter", configuration options.</summary>
public sealed class OtlpSettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Without_an_address_nothing_is_sent() => Of().ShouldBeNull();

    [Theory]
    [InlineData("http://localhost:4318", "http://localhost:4318/v1/traces", false)]
    [InlineData("https://collector.example/otlp/", "https://collector.example/otlp/v1/traces", false)]
    [InlineData("http://localhost:4317", "http://localhost:4317/", true)]
    public void The_port_says_how_and_over_http_each_signal_has_its_path(string given, string endpoint, bool grpc)
    {
        var settings = Of((Endpoint, given)).ShouldNotBeNull();

        (settings.Endpoint.ToString(), settings.Grpc).ShouldBe((endpoint, grpc));
        OtlpSettings.Of("metrics", name => name == Endpoint ? given : null)!
            .Endpoint.ToString().ShouldBe(endpoint.Replace("traces", "metrics", StringComparison.Ordinal));
    }

    [Fact]
    public void A_protocol_that_is_named_goes_before_the_port()
    {
        Of((Endpoint, "http://localhost:4318"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))!.Grpc.ShouldBeTrue();
        Of((Endpoint, "http://localhost:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"))!.Grpc.ShouldBeFalse();
    }

    [Fact]
    public void What_is_said_of_one_signal_goes_before_what_is_said_of_all_and_its_address_is_taken_as_it_is()
    {
        var settings = Of(
            (Endpoint, "http://localhost:4317"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:9/collect"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=1"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-key=2"))!;

        (settings.Endpoint.ToString(), settings.Headers).ShouldBe(("http://localhost:9/collect", "x-key=2"));
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_SDK_DISABLED", "TRUE")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public void It_can_be_turned_off(string name, string value) => Of((Endpoint, "http://localhost:4318"), (name, value)).ShouldBeNull();

    [Fact]
    public void Names_attributes_and_pauses_are_taken_over()
    {
        var settings = Of(
            (Endpoint, "http://localhost:4318"), ("OTEL_SERVICE_NAME", "shop"), ("OTEL_RESOURCE_ATTRIBUTES", "team=ml%20ops,,x,stage=a=b"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"))!;

        (settings.ServiceName, settings.IntervalMilliseconds).ShouldBe(("shop", 500));
        OtlpSettings.Pairs(settings.Attributes).ShouldBe([new("team", "ml ops"), new("stage", "a=b")]);
        Of((Endpoint, "http://localhost:4318"))!.IntervalMilliseconds.ShouldBe(60_000);
    }

    [Fact]
    public void Everything_that_cannot_be_used_is_told_at_once() => Should.Throw<UsageException>(() => Of(
        (Endpoint, "collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), ("OTEL_METRIC_EXPORT_INTERVAL", "1.5"))).Findings
        .Select(finding => (finding.Where, finding.Value))
        .ShouldBe([
            (Endpoint, null), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), ("OTEL_METRIC_EXPORT_INTERVAL", "1.5"),
        ]);

    /// <summary>The exporter throws on them, and would take every target with it, a rollback too. What they are is a secret.</summary>
    [Theory]
    [InlineData("s3cret")]
    [InlineData("authorization=Bearer x,s3cret")]
    [InlineData("=s3cret")]
    [InlineData("x key=s3cret")]
    [InlineData("x=s3cret\nother: 1")]
    public void Headers_that_are_no_pairs_are_told_and_not_shown(string headers)
    {
        var problem = Should.Throw<UsageException>(() => Of((Endpoint, "http://localhost:4318"), ("OTEL_EXPORTER_OTLP_HEADERS", headers)));

        problem.Findings.Single().Where.ShouldBe("OTEL_EXPORTER_OTLP_HEADERS");
        problem.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("a=1")]
    [InlineData("authorization=Bearer abc=, x-key=")]
    [InlineData("a=b%20c,")]
    public void Headers_that_are_pairs_are_taken(string headers) =>
        Of((Endpoint, "http://localhost:4318"), ("OTEL_EXPORTER_OTLP_HEADERS", headers))!.Headers.ShouldBe(headers);

    [Fact]
    public void A_password_in_the_address_is_not_shown()
    {
        Of((Endpoint, "http://ada:s3cret@localhost:4318?key=s3cret"))!.Shown.ShouldNotContain("s3cret");
        Should.Throw<UsageException>(() => Of((Endpoint, "ftp://ada:s3cret@localhost"))).ToString().ShouldNotContain("s3cret");
    }

    private static OtlpSettings? Of(params (string Name, string Value)[] variables) =>
        OtlpSettings.Of("traces", name => variables.FirstOrDefault(pair => pair.Name == name).Value);
}
