using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A program of one's own and an ONNX file, from training to a served answer, as <c>src/docs/foreign-models.md</c> says.</summary>
public sealed class ModelsOfOthers(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Guide = "src/docs/foreign-models.md";

    [ScikitLearnFact]
    [Trait("Category", "Nightly")]
    public async Task The_guides_Python_program_is_trained_gated_and_served()
    {
        await File.WriteAllTextAsync(In("pipelines/Churn/churn_model.py"), Block("python", "def train"));
        var lines = Block("csharp", "Trainers.Command").Trim().Split('\n');
        Checkout.Edit("pipelines/Churn/Churn.cs", @"\.Train\(.*\)\n", _ => lines[0] + "\n");
        Checkout.Edit("pipelines/Churn/Churn.cs", @"\.Canary\(.*\);", _ => lines[1] + ";");
        try
        {
            var deployed = await Checkout.DeployAsync("--pipeline", "Churn");

            deployed.Output.ShouldMatch(@"command model [0-9a-f]+: [\d,]+ training rows");
            deployed.Output.ShouldMatch(@"contract test: \d+ golden predictions equal to the bit");
            using var caller = new Caller(deployed.Address);
            var answer = await caller.PredictAsync("""{"Term":"monthly","MonthsWithUs":2,"MonthlyFee":60,"Complaints":5}""");
            ((int)answer.Status).ShouldBe(200, answer.Body);
            JsonNode.Parse(answer.Body)!["probability"]!.GetValue<double>().ShouldBeInRange(0.5, 1);
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Churn")).Expect(0);
        }
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task An_exported_model_comes_back_as_an_ONNX_file_and_takes_over()
    {
        (await Checkout.RunAsync("ExportOnnx", "--pipeline", "BikeDemand"))
            .Expect(2)
            .Output.ShouldContain("dotnet add build package MlOpsBuild.Onnx");
        (await Checkout.ShellAsync("dotnet add build reference src/MlOpsBuild.Onnx")).Expect(0);
        var first = await Checkout.DeployAsync("--set", Checkout.Weaker);

        (await Checkout.RunAsync("ExportOnnx", "--to", "pipelines/BikeDemand/model.onnx"))
            .Expect(0)
            .Output.ShouldMatch(@"v1 as ONNX: .*model\.onnx, [\d,]+ bytes; on 1,440 held-out rows the largest difference is ");
        Checkout.Edit("pipelines/BikeDemand/BikeDemand.cs", @"\.Train\(trainer\)", _ => Block("csharp", "Trainers.Onnx").Trim());
        var second = await Checkout.DeployAsync("--set", Checkout.Weaker);

        second.Output.ShouldContain("onnx model");
        (await Checkout.ChampionAsync()).ShouldBe(2);
        using var caller = new Caller(second.Address);
        var answer = await caller.PredictAsync(Caller.Good);
        ((int)answer.Status).ShouldBe(200, answer.Body);
        JsonNode.Parse(answer.Body)!["version"]!.GetValue<int>().ShouldBe(2);
        first.Address.ShouldNotBeNull();
    }

    /// <summary>
    /// What is mirrored has its ONNX form, and that is a model of a registry; aliases there follow promotion and rollback.
    /// </summary>
    [Fact]
    [Trait("Category", "Nightly")]
    public async Task A_mirrored_model_comes_back_from_the_registry_and_takes_over()
    {
        using var server = await FakeMlflow.StartAsync(CancellationToken.None);
        (await Checkout.ShellAsync("dotnet add build reference src/MlOpsBuild.Onnx")).Expect(0);
        var first = await Checkout.DeployAsync("--set", Checkout.Weaker, "--mlflow", server.Address);
        first.Output.ShouldContain("BikeDemand@champion is v1 (version 1 there)");
        var digest = Digests(server).ShouldHaveSingleItem();
        Checkout.Edit(
            "pipelines/BikeDemand/BikeDemand.cs", @"\.Train\(trainer\)",
            _ => $".Train(Trainers.Onnx(\"mlflow://BikeDemand@champion\", \"{digest}\"))");

        var second = await Checkout.DeployAsync("--set", Checkout.Weaker, "--mlflow", server.Address);

        second.Output.ShouldContain("onnx model");
        second.Output.ShouldContain("BikeDemand@champion is v2 (version 2 there, it was version 1)");
        Digests(server).ShouldBe([digest, digest]);
        (await Checkout.RunAsync("Rollback", "--reason", "a test", "--mlflow", server.Address))
            .Expect(0)
            .Output.ShouldContain("BikeDemand@champion is v1 (version 1 there, it was version 2)");
    }

    private static IEnumerable<string> Digests(FakeMlflow server) => server.Artifacts
        .Where(artifact => artifact.Key.EndsWith("/artifacts/model/model.onnx", StringComparison.Ordinal))
        .Select(artifact => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(artifact.Value)));

    private static string Block(string language, string holding) => DocumentBlock.TextOf(Guide, language, holding);

    private string In(string path) => Path.Combine(Checkout.Root, path);
}
