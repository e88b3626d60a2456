namespace MlOpsBuild.Benchmarks;

/// <summary><c>./build.sh TestModel</c> in a clean clone of a team that ran it before, against the run that did the work.</summary>
internal static class CleanClone
{
    private const int Clones = 3;
    private const double Goal = 0.2;

    public static async Task<BenchmarkResult> MeasureAsync(string name, string[] settings, CancellationToken cancellationToken)
    {
        using var worked = await Checkout.CreateAsync(cancellationToken);
        var origin = Path.Combine(worked.Folder, "origin.git");
        await Timed.RunAsync(worked.Folder, "git", ["init", "--quiet", "--bare", origin], cancellationToken);
        string[] command = ["TestModel", "--remote", origin, .. settings];
        var first = await Timed.RunAsync(worked.Folder, worked.Script, command, cancellationToken);
        var best = double.MaxValue;
        for (var clone = 0; clone < Clones; clone++)
        {
            using var clean = await Checkout.CreateAsync(cancellationToken);
            best = Math.Min(best, await Timed.RunAsync(clean.Folder, clean.Script, command, cancellationToken));
        }

        return new($"./build.sh TestModel in a clean clone, {name}", best, "the run that trained", first, Goal);
    }
}
