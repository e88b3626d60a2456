using System.Globalization;
using System.Text.RegularExpressions;
using MlOpsBuild.Data.Simulation;

namespace MlOpsBuild.Benchmarks;

/// <summary>
/// A build of a hundred pipelines: what would run, and which of them a change reaches, against what people may wait for it and against the
/// build of this repository.
/// </summary>
internal static class ManyPipelines
{
    private const int Times = 5;
    private const int Count = 100;
    private const string Allowed = "what is allowed";

    public static async Task<BenchmarkResult[]> MeasureAsync(CancellationToken cancellationToken)
    {
        using var checkout = await Checkout.CreateAsync(cancellationToken);
        var few = await PlanAsync(checkout, cancellationToken);
        await DeclareAsync(checkout, cancellationToken);
        await Timed.RunAsync(checkout.Folder, checkout.Script, ["IngestData", "ValidateData"], cancellationToken);
        var plan = await PlanAsync(checkout, cancellationToken);
        var named = await Timed.BestAsync(
            Times, () => Timed.RunAsync(checkout.Folder, checkout.Script, ["ListPipelines", "--affected-by", "main"], cancellationToken));
        return
        [
            new($"./build.sh Train --plan of {Count} pipelines, data restored", plan, Allowed, 1, 1),
            new($"./build.sh Train --plan of {Count} pipelines, data restored", plan, "the same of two", few, 4),
            new($"./build.sh ListPipelines --affected-by main of {Count} pipelines", named, Allowed, 1, 1),
        ];
    }

    private static Task<double> PlanAsync(Checkout checkout, CancellationToken cancellationToken) => Timed.BestAsync(
        Times, () => Timed.RunAsync(checkout.Folder, checkout.Script, ["Train", "--plan"], cancellationToken));

    private static async Task DeclareAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(checkout.Folder, "build", "NumberedDemand.cs"), """
            using MlOpsBuild.Data.Sources;
            using MlOpsBuild.Modeling.Evaluation;
            using MlOpsBuild.Modeling.Pipelines;
            using MlOpsBuild.Modeling.Training;
            using Pipelines;

            /// <summary>One of many pipelines.</summary>
            sealed class NumberedDemand(int number) : ModelPipeline<BikeHour>
            {
                public override string Name => System.FormattableString.Invariant($"Demand{number:000}");

                protected override void Define(PipelineDefinition<BikeHour> pipeline) => pipeline
                    .Data(DataSource.Files(System.FormattableString.Invariant($"data/{number:000}.csv")))
                    .HoldOut(last: System.TimeSpan.FromDays(14))
                    .Predict(x => x.Count, LearningTask.Regression)
                    .Features(f => f.OneHot(x => x.Hour))
                    .Train(Trainers.Linear())
                    .Gate(Metrics.Rmse, g => g.AtMost(100_000));
            }
            """, cancellationToken);
        var data = Directory.CreateDirectory(Path.Combine(checkout.Folder, "data")).FullName;
        for (var number = 0; number < Count; number++)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(data, string.Create(CultureInfo.InvariantCulture, $"{number:000}.csv")),
                new DemandSimulation { Days = 60, Seed = number }.Write(), cancellationToken);
        }

        await File.WriteAllTextAsync(
            Path.Combine(checkout.Folder, ".gitignore"), ".mlops/\n.nuke/temp/\nbin/\nobj/\n", cancellationToken);
        var build = Path.Combine(checkout.Folder, "build", "Build.cs");
        var text = await File.ReadAllTextAsync(build, cancellationToken);
        await File.WriteAllTextAsync(
            build,
            Regex.Replace(
                text, @"Pipelines => \[.*?\];",
                $"Pipelines => System.Linq.Enumerable.Range(0, {Count}).Select(number => new NumberedDemand(number));"),
            cancellationToken);
        foreach (var command in (string[][])
        [
            ["init", "--quiet", "--initial-branch", "main"], ["add", "--all"],
            ["-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "--quiet", "--message", "all"],
        ])
        {
            await Timed.RunAsync(checkout.Folder, "git", command, cancellationToken);
        }
    }
}
