namespace MlOpsBuild.Benchmarks;

/// <summary>A warm <c>./build.sh Status</c> against <c>dotnet run --no-build</c> of an empty program.</summary>
internal static class WarmStart
{
    private const int Times = 7;

    public static async Task<BenchmarkResult> MeasureAsync(CancellationToken cancellationToken)
    {
        using var checkout = await Checkout.CreateAsync(cancellationToken);
        var empty = Directory.CreateTempSubdirectory("mlops-empty-").FullName;
        await Timed.RunAsync(empty, "dotnet", ["new", "console", "-n", "empty", "-o", "."], cancellationToken);
        await Timed.RunAsync(empty, "dotnet", ["build", "-v", "q"], cancellationToken);
        var ours = await Timed.BestAsync(Times, () => Timed.RunAsync(checkout.Folder, checkout.Script, ["Status"], cancellationToken));
        var peer = await Timed.BestAsync(Times, () => Timed.RunAsync(empty, "dotnet", ["run", "--no-build"], cancellationToken));
        Directory.Delete(empty, recursive: true);
        return new("warm ./build.sh Status", ours, "dotnet run --no-build of an empty program", peer, 1);
    }
}
