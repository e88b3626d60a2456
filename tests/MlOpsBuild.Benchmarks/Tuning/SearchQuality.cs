using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Tuning;
using Pipelines;

namespace MlOpsBuild.Benchmarks.Tuning;

/// <summary>What a search finds on the real hours, beside what chance finds in as many trials: medians over twenty seeds.</summary>
internal static class SearchQuality
{
    private const int Seeds = 20;
    private const int Trials = 30;

    public static async Task<BenchmarkResult[]> MeasureAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            Console.WriteLine($"tuning: left out, there is no {file}");
            return [];
        }

        var pipeline = new BikeDemand();
        var declared = pipeline.Specify(new Dictionary<string, string>());
        var content = await File.ReadAllBytesAsync(file, cancellationToken);
        var rows = new TuningRows(new([Path.GetFileName(file)], [new Artifact(Digest.Of(content), file)]), declared, folds: 1);
        var space = new SearchSpace(pipeline, new Dictionary<string, string>());
        var known = new Dictionary<string, double>();
        var best = new Dictionary<SearchMethod, List<double>> { [SearchMethod.Tpe] = [], [SearchMethod.Random] = [] };
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            foreach (var (method, values) in best)
            {
                var search = new TuningSearch(space, method, Direction.LowerIsBetter, Trials, seed);
                values.Add(await BestAsync(search, space, rows, known, cancellationToken));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed} of {Seeds}: RMSE {best[SearchMethod.Tpe][^1]:0.00} by tpe, {best[SearchMethod.Random][^1]:0.00} at random"));
        }

        return
        [
            new(
                $"RMSE of the best of {Trials} trials on hour.csv, median of {Seeds} seeds", Median(best[SearchMethod.Tpe]), "random search",
                Median(best[SearchMethod.Random]), 1),
        ];
    }

    private static async Task<double> BestAsync(
        TuningSearch search, SearchSpace space, TuningRows rows, Dictionary<string, double> known, CancellationToken cancellationToken)
    {
        var trials = new List<TuningTrial>();
        while (search.Next(trials) is { Count: > 0 } batch)
        {
            await Parallel.ForEachAsync(batch, cancellationToken, async (proposal, token) =>
            {
                var key = string.Join(' ', proposal.Settings);
                lock (known)
                {
                    if (known.ContainsKey(key))
                    {
                        return;
                    }
                }

                var result = await new TrialStage().RunAsync(
                    new TrialInput(rows, space.Specify(proposal.Settings), 1), "", SilentProgress.Instance, token);
                lock (known)
                {
                    known[key] = result.ByFold.Average();
                }
            });
            trials.AddRange(batch.Select(proposal => new TuningTrial(
                proposal.Number, proposal.Settings, 1, [known[string.Join(' ', proposal.Settings)]])));
        }

        return trials.Min(trial => trial.Value!.Value);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
