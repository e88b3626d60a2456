using MlOpsBuild.Modeling.Training.FastForest;
using MlOpsBuild.Modeling.Training.FastTree;
using MlOpsBuild.Modeling.Training.Gam;
using MlOpsBuild.Modeling.Training.LightGbm;
using MlOpsBuild.Modeling.Training.Linear;

namespace MlOpsBuild.Modeling.Training.Best;

/// <summary>A family that may be tried, and what it costs.</summary>
/// <param name="Trainer">The family with its options.</param>
/// <param name="PerCell">Nanoseconds on a nominal core for each row and column, over all trees or passes: measured on the 17,379 rows of
/// hour.csv, and rounded up.</param>
internal sealed record FamilyCandidate(TrainerSpec Trainer, double PerCell)
{
    private const double Nanosecond = 1e-9;

    /// <summary>All of them, in the order in which they are tried: the cheap and the usual ones first.</summary>
    public static IReadOnlyList<FamilyCandidate> All { get; } =
    [
        new(new LinearTrainer(1), 50),
        new(new FastTreeTrainer(100, 20, 10, 0.2, 1, 0), 3000),
        new(new LightGbmTrainer(100, 31, 20, 0.1, 0), 3000),
        new(new FastTreeTrainer(300, 20, 10, 0.1, 1, 0), 9000),
        new(new LightGbmTrainer(400, 31, 20, 0.05, 0), 12000),
        new(new FastForestTrainer(200, 200, 5, 0.7), 20000),
        new(new GamTrainer(3000, 255, 0.005), 20000),
        new(new LightGbmTrainer(800, 63, 20, 0.03, 0), 40000),
    ];

    /// <summary>What a fit on <paramref name="rows"/> costs.</summary>
    public TimeSpan CostOn(TrainingRows rows)
    {
        var outputs = rows.Classes is { IsBinary: false } many ? many.Names.Count : 1;
        return TimeSpan.FromSeconds(Nanosecond * PerCell * outputs * rows.Count * Math.Max(1, rows.Transform.Width));
    }
}
