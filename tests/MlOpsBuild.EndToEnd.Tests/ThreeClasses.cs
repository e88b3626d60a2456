using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Three classes named by texts, from a file to a canary of classes.</summary>
public sealed class ThreeClasses(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Definition = """
        using MlOpsBuild.Data.Contracts;
        using MlOpsBuild.Data.Sources;
        using MlOpsBuild.Modeling.Evaluation;
        using MlOpsBuild.Modeling.Pipelines;
        using MlOpsBuild.Modeling.Training;

        namespace Pipelines;

        public sealed record Customer(double Length, double? Width, string? Note, [property: Label, Categories("large", "middling", "small")] string Size);

        public sealed class Churn : ModelPipeline<Customer>
        {
            protected override void Define(PipelineDefinition<Customer> pipeline) => pipeline
                .Data(DataSource.Files("data.csv"))
                .HoldOut(share: 0.3)
                .Predict(x => x.Size, LearningTask.Multiclass)
                .Features(f => f.Number(x => x.Length).Number(x => x.Width).Text(x => x.Note))
                .Train(pipeline.Switch("trees", false) ? Trainers.FastTree(trees: 30, minimumExamplesPerLeaf: 5) : Trainers.Linear(l2: 1000))
                .Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares).NotWorseThanChampion(margin: 0.05))
                .Gate(Metrics.Accuracy, g => g.AtLeast(0.5))
                .Canary(c => c.Steps(50));
        }
        """;

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task A_better_classifier_takes_over_and_answers_with_names()
    {
        var folder = Path.Combine(Checkout.Root, "pipelines", "Churn");
        Directory.GetFiles(folder, "*.cs").ToList().ForEach(File.Delete);
        await File.WriteAllTextAsync(Path.Combine(folder, "Sizes.cs"), Definition);
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "data.csv"), Rows());
        try
        {
            var first = await Checkout.DeployAsync("--pipeline", "Churn");
            first.Output.ShouldMatch(@"hold-out: .*Log-loss 0\.\d+");
            var second = await Checkout.DeployAsync("--pipeline", "Churn", "--set", "trees=true");

            second.Output.ShouldMatch(@"Log-loss not worse than champion by more than 5% \|.*\| Passed  \| better");
            using var caller = new Caller(second.Address);
            var one = JsonNode.Parse((await caller.PredictAsync("""{"Length":9,"Width":9,"Note":"a huge one"}""")).Body)!;
            (one["label"]!.GetValue<string>(), one["version"]!.GetValue<int>()).ShouldBe(("large", 2));
            one["probabilities"]!.AsObject().Select(pair => pair.Key).ShouldBe(["large", "middling", "small"]);
            one["probabilities"]!.AsObject().Sum(pair => pair.Value!.GetValue<double>()).ShouldBe(1, 1e-9);
            var several = JsonNode.Parse((await caller.PredictAsync("""[{"Length":1,"Note":"tiny"},{"Length":9,"Width":9}]""")).Body)!
                .AsArray();
            several.Select(answer => answer!["label"]!.GetValue<string>()).ShouldBe(["small", "large"]);
            var (status, _, refused) = await caller.PredictAsync("""{"Length":"long"}""");
            ((int)status).ShouldBe(400, refused);
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Churn")).Expect(0);
        }
    }

    private static string Rows()
    {
        var random = new SplitMix64(3);
        var text = new StringBuilder("Length,Width,Note,Size\n");
        for (var row = 0; row < 1500; row++)
        {
            var (length, width) = (random.NextDouble() * 10, random.NextDouble() * 10);
            var size = length * width + (random.NextDouble() * 6) is var area && area > 36 ? "large" : area > 12 ? "middling" : "small";
            var note = random.NextDouble() < 0.3 ? "" : size switch { "large" => "a huge one", "small" => "tiny", _ => "nothing to say" };
            text.Append(
                CultureInfo.InvariantCulture,
                $"{length:0.###},{(random.NextDouble() < 0.1 ? "" : width.ToString("0.###", CultureInfo.InvariantCulture))},{note},{size}\n");
        }

        return text.ToString();
    }
}
