using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.Tracking.Models;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

public sealed class ModelFolderTests
{
    private static readonly ModelVersion Version = new(3, Digest.Of("bundle"), Digest.Of("model"), "r", Sample.Start, false, null);

    [Fact]
    public void An_ONNX_model_is_one_for_MLflows_clients_as_well()
    {
        byte[] file = [8, 9, 10];
        TrainedModel model = new OnnxModel
        {
            Target = "Count", Fields = [], Transform = new([]), File = file,
        };

        var folder = ModelFolder.Of("Demand", Version, CanonicalJson.Serialize(model), "abc");

        folder.Keys.ShouldBe(["MLmodel", "model.json", "model.onnx"]);
        folder["model.onnx"].ShouldBe(file);
        ModelDescription.OnnxFile(folder["MLmodel"], "Demand").ShouldBe("model.onnx");
        var described = Encoding.UTF8.GetString(folder["MLmodel"]);
        described.ShouldContain("run_id: abc");
        described.ShouldContain($"model_uuid: {Version.Bundle.Hex[..32]}");
        described.ShouldContain("2026-11-20 08:00:00.000000");
        described.ShouldNotContain("\r");
    }

    [Fact]
    public void What_has_no_such_form_here_goes_as_ours_alone()
    {
        var folder = ModelFolder.Of("Demand", Version, "no model"u8.ToArray(), "abc");

        folder.Keys.ShouldBe(["MLmodel", "model.json"]);
        folder["model.json"].ShouldBe("no model"u8.ToArray());
        Encoding.UTF8.GetString(folder["MLmodel"]).ShouldContain("mlops:");
    }

    [Fact]
    public void The_same_version_gives_the_same_bytes() =>
        ModelFolder.Of("Demand", Version, [1], "abc")["MLmodel"].ShouldBe(ModelFolder.Of("Demand", Version, [1], "abc")["MLmodel"]);
}
