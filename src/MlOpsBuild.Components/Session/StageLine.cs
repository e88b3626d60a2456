using System.Globalization;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components.Session;

/// <summary>What is said of a stage that ended.</summary>
internal static class StageLine
{
    public static string Of<TResult>(StageRun<TResult> run) => run.Verified
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Stage}: verified (ran again in {run.Took.TotalSeconds:0.00} s: the same result as the one that is kept)")
        : run.Restored
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Stage}: restored ({run.Took.TotalSeconds:0.00} s, was {run.OriginallyTook.TotalSeconds:0.00} s)")
        : string.Create(CultureInfo.InvariantCulture, $"{run.Stage}: done in {run.Took.TotalSeconds:0.00} s ({run.Reason})");
}
