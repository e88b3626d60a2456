namespace MlOpsBuild.Benchmarks.Profiling;

/// <summary>The peer pandas (Debian's <c>python3-pandas</c>).</summary>
internal static class Pandas
{
    public const string Name = "pandas read_csv and describe(include='all')";

    /// <summary>Prints best seconds and peak megabytes.</summary>
    public const string Source = """
        import pandas, resource, sys, time
        best = 1e9
        for i in range(int(sys.argv[2])):
            started = time.perf_counter()
            pandas.read_csv(sys.argv[1]).describe(include='all')
            best = min(best, time.perf_counter() - started)
        print(best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        """;
}
