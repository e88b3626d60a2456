namespace MlOpsBuild.Benchmarks;

/// <summary>The peer of everything that starts: <c>dotnet run --no-build</c> of an empty program.</summary>
internal static class EmptyProgram
{
    public const string Name = "dotnet run --no-build of an empty program";
    public const string FileName = "dotnet run of an empty file-based program, compiled before";
    private const int Times = 7;
    private const int TimesInTurn = 25;

    public static Task<double> MeasureAsync(CancellationToken cancellationToken) => BestAsync(
        async folder =>
        {
            await Timed.RunAsync(folder, "dotnet", ["new", "console", "-n", "empty", "-o", "."], cancellationToken);
            await Timed.RunAsync(folder, "dotnet", ["build", "-v", "q"], cancellationToken);
        },
        ["run", "--no-build"], cancellationToken);

    /// <summary>
    /// The same of one file, as <c>dotnet new mlopsbuild-file</c> begins, in turn with <paramref name="other"/>: a machine that grows
    /// slower meanwhile does so for both.
    /// </summary>
    public static async Task<(double File, double Other)> MeasureFileBesideAsync(
        Func<Task<double>> other, CancellationToken cancellationToken)
    {
        var (best, folder) = (double.PositiveInfinity, Directory.CreateTempSubdirectory("mlops-empty-").FullName);
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.cs"), "return;\n", cancellationToken);
        await Timed.RunAsync(folder, "dotnet", ["run", "empty.cs"], cancellationToken);
        var file = await Timed.BestAsync(TimesInTurn, async () =>
        {
            best = Math.Min(best, await other());
            return await Timed.RunAsync(folder, "dotnet", ["run", "empty.cs"], cancellationToken);
        });
        Directory.Delete(folder, recursive: true);
        return (file, best);
    }

    private static async Task<double> BestAsync(Func<string, Task> prepare, string[] start, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-empty-").FullName;
        await prepare(folder);
        var best = await Timed.BestAsync(Times, () => Timed.RunAsync(folder, "dotnet", start, cancellationToken));
        Directory.Delete(folder, recursive: true);
        return best;
    }
}
