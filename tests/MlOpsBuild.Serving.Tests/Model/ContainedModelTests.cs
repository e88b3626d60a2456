using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Model.Tests;

public sealed class ContainedModelTests
{
    private static readonly ContainedModelOptions Image =
        new("Tiny", "/model.json", Digest.Of("model").ToString(), [new FieldRule("wind", FieldKind.Real)]);

    [Fact]
    public void What_an_image_says_holds_where_its_container_says_nothing()
    {
        var options = Read([]);

        (options.Pipeline, options.Version, options.ModelDigest, options.Port, options.Telemetry)
            .ShouldBe(("Tiny", 0, Image.ModelDigest, ContainedModelOptions.UsualPort, null));
    }

    [Fact]
    public void A_container_says_version_port_and_where_metrics_go()
    {
        var options = Read(new()
        {
            [ContainedModelOptions.VersionVariable] = "7", [ContainedModelOptions.PortVariable] = "9000",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317", ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000",
        });

        (options.Version, options.Port).ShouldBe((7, 9000));
        options.Telemetry.ShouldBe(new(new("http://collector:4317"), true) { IntervalMilliseconds = 5000 });
    }

    [Fact]
    public void Variables_that_cannot_be_used_are_told_and_keep_no_model_from_serving()
    {
        var told = new List<string>();

        var options = ContainedModel.Read(Image, null, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "collector" : null, told.Add);

        options.Telemetry.ShouldBeNull();
        told.ShouldHaveSingleItem().ShouldStartWith("no metrics are sent: OTEL_EXPORTER_OTLP_ENDPOINT: ");
    }

    private static ModelServerOptions Read(Dictionary<string, string> variables) =>
        ContainedModel.Read(Image, null, name => variables.GetValueOrDefault(name), _ => { });
}
