using System.Text;
using Microsoft.ML;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Onnx.Export;
using MlOpsBuild.Onnx.Export.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>Foreign models in the real server, which loads what scores them and answers as training did, to the bit.</summary>
public sealed class ServedForeignModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("number")]
    [InlineData("three")]
    public async Task An_ONNX_file_is_served(string task)
    {
        var ours = OnnxExporterTests.Trained("fast-tree", task, MixedRows.Features, TargetTransform.Identity);
        File.WriteAllBytes(_folder["model.onnx"], new OnnxExporter().Export(ours));

        await RequireServedAsync(Trainers.Onnx("model.onnx"), task);
    }

    [Theory]
    [InlineData("number")]
    [InlineData("two")]
    [InlineData("three")]
    public async Task A_chain_of_ML_NET_is_served(string task) => await RequireServedAsync(
        Trainers.MlNet(ml => task switch
        {
            "number" => ml.Regression.Trainers.LightGbm(numberOfIterations: 5),
            "two" => ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 5),
            _ => ml.MulticlassClassification.Trainers.LightGbm(numberOfIterations: 5),
        }),
        task);

    [Fact]
    public async Task A_program_of_ones_own_is_served() =>
        await RequireServedAsync(
            Trainers.Command(
                ["sh", "-c", "echo 0.25 > model/answer"],
                ["sh", "-c", "while read -r line; do id=$(echo \"$line\" | sed 's/^{\"id\":\\([0-9]*\\),.*/\\1/'); echo \"{\\\"id\\\":$id,\\\"probability\\\":$(cat model/answer)}\"; done"],
                []),
            "two");

    public void Dispose() => _folder.Dispose();

    private async Task RequireServedAsync(TrainerSpec trainer, string task)
    {
        ClassSet? classes = task switch { "number" => null, "two" => new(["no", "yes"]), _ => new(["high", "low", "mid"]) };
        var table = MixedRows.Table(300, 1, task);
        var model = trainer.Fit(
            TrainingRows.Of(table, MixedRows.Features, new(TargetTransform.Identity, classes), false, 1) with { Root = _folder.Path },
            CancellationToken.None);
        var program = await ServerProgram.InstallAsync(
            Path.Combine(AppContext.BaseDirectory, "mlops-server"), _folder["store"], CancellationToken.None);
        Directory.CreateDirectory(_folder["run"]);
        var environment = new EnvironmentFolder(
            _folder["checkout"], "Foreign", "contract-test", new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder["run"] });
        var launcher = new ServerLauncher(program, environment, TimeProvider.System);
        using var admin = new AdminClient();
        var stage = new ContractTestStage(
            new LocalEnvironment("Foreign", environment, launcher, admin, TimeProvider.System), TimeProvider.System);
        var known = table.Contract.KnownWhenPredicting;

        var result = await stage.RunAsync(
            new(
                "Foreign", Digest.Of("bundle"),
                new(Written("model.json", CanonicalJson.Serialize(model)), known, RequestContract.Of([], known)),
                Written("rows.jsonl", Encoding.UTF8.GetBytes(Rows(model, table))), program.Digest, TimeSpan.FromSeconds(5)),
            _folder["out"], new Progress<string>(), CancellationToken.None);

        result.GoldenRows.ShouldBe(50);
        (model as Scoring.Foreign.ForeignModel)!.Close();
    }

    private Artifact Written(string name, byte[] content)
    {
        File.WriteAllBytes(_folder[name], content);
        return new(Digest.Of(content), _folder[name]);
    }

    private static string Rows(
        TrainedModel model, DataTable table) => string.Concat(FieldRows.Of(table, model.Fields).Take(50).Select(row =>
        new LabelledRow(RowWriter.Write(model.Fields, new InputRow(row)), 0, model.Predict(new InputRow(row))).ToLine()));
}
