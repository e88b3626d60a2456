namespace MlOpsBuild.Benchmarks;

/// <summary>A warm <c>./build.sh Status</c> against the start of an empty program.</summary>
internal static class WarmStart
{
    public static async Task<BenchmarkResult[]> MeasureAsync(double peer, CancellationToken cancellationToken)
    {
        using var checkout = await Checkout.CreateAsync(cancellationToken);
        var (file, ours) = await EmptyProgram.MeasureFileBesideAsync(
            () => Timed.RunAsync(checkout.Folder, checkout.Script, ["Status"], cancellationToken), cancellationToken);
        return
        [
            new("warm ./build.sh Status", ours, EmptyProgram.Name, peer, 1.0 / 3),
            new("warm ./build.sh Status", ours, EmptyProgram.FileName, file, 0.6)
        ];
    }
}
