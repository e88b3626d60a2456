using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MlOpsBuild.Benchmarks.Training;

/// <summary>The same rows and options through Microsoft.ML alone: its text loader, its trainer, its file.</summary>
internal static class Directly
{
    public static string Train(string file)
    {
        var started = Stopwatch.GetTimestamp();
        var context = new MLContext(1);
        var data = context.Data.LoadFromTextFile(
            file, [new("Features", DataKind.Single, 0, MillionRows.Columns - 1), new("Label", DataKind.Single, MillionRows.Columns)],
            separatorChar: ',', hasHeader: true);
        var fitted = context.Regression.Trainers
            .FastTree(new FastTreeRegressionTrainer.Options { Seed = 1, FeatureSelectionSeed = 1, NumberOfThreads = 1 })
            .Fit(data);
        using var written = new MemoryStream();
        context.Model.Save(fitted, data.Schema, written);
        return MillionRows.Told(Stopwatch.GetElapsedTime(started));
    }
}
