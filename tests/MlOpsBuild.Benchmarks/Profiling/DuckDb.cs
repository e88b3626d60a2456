namespace MlOpsBuild.Benchmarks.Profiling;

/// <summary>The peer DuckDB: a program of its own, since its natives are larger than all of ours.</summary>
internal static class DuckDb
{
    public const string Name = "DuckDB 1.5.6 SUMMARIZE, 2 threads";

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup><PackageReference Include="DuckDB.NET.Data.Full" Version="1.5.6.1" /></ItemGroup>
        </Project>
        """;

    private const string Source = """
        using System.Diagnostics;
        using DuckDB.NET.Data;
        var best = double.MaxValue;
        for (var i = 0; i < int.Parse(args[1]); i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SET threads=2";
            command.ExecuteNonQuery();
            command.CommandText = $"SUMMARIZE SELECT * FROM read_csv('{args[0]}')";
            using var reader = command.ExecuteReader();
            while (reader.Read()) { }
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        Console.WriteLine(FormattableString.Invariant($"{best} {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0}"));
        """;

    /// <summary>Builds the program.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "duck.csproj"), Project, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Source, cancellationToken);
        await Timed.RunAsync(folder, "dotnet", ["build", "-c", "Release", "-o", "out", "-v", "q"], cancellationToken);
        return Path.Combine(folder, "out", "duck.dll");
    }
}
