using MlOpsBuild.Engine;

namespace MlOpsBuild.Components.Caching.Tests;

/// <summary>
/// A build with targets that are restored. Each run of the first one leaves a line in <c>runs.log</c>, which nobody declared.
/// </summary>
internal sealed class CachedBuild : MlBuild
{
    [Parameter("What sums are multiplied with")]
    private int Factor { get; } = 2;

    [Parameter("What the target does wrong")]
    private string? Wrong { get; }

    public Target Sum => _ => _
        .Description("Adds up")
        .Inputs("raw/*.txt").Outputs("made/sum.txt", "made/parts").CacheKey(() => Factor)
        .Executes(this, async (session, ct) =>
        {
            await File.AppendAllTextAsync(Path.Combine(session.Root, "runs.log"), "ran\n", ct);
            var raw = Directory.GetFiles(Path.Combine(session.Root, "raw"));
            Directory.CreateDirectory(Path.Combine(session.Root, "made", "parts"));
            await File.WriteAllTextAsync(Path.Combine(session.Root, "made", "parts", "count"), $"{raw.Length}", ct);
            if (Wrong == "fails")
            {
                throw new InvalidOperationException("The adder broke");
            }

            if (Wrong == "links")
            {
                File.CreateSymbolicLink(Path.Combine(session.Root, "made", "parts", "link"), Path.Combine(session.Root, "raw", "a.txt"));
            }

            if (Wrong == "forgets")
            {
                return;
            }

            var noise = Wrong == "guesses" ? $" {Guid.NewGuid()}" : "";
            await File.WriteAllTextAsync(
                Path.Combine(session.Root, "made", "sum.txt"),
                $"{raw.Sum(file => int.Parse(File.ReadAllText(file), null)) * Factor}{noise}", ct);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    Path.Combine(session.Root, "made", "sum.txt"),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        });

    public Target Twice => _ => _
        .DependsOn(Sum)
        .Inputs("made/sum.txt").Outputs("twice.txt")
        .Executes(this, async (session, ct) => await File.WriteAllTextAsync(
            Path.Combine(session.Root, "twice.txt"),
            $"{int.Parse(await File.ReadAllTextAsync(Path.Combine(session.Root, "made", "sum.txt"), ct), null) * 2}", ct));

    public Target Misplaced => _ => _
        .Inputs("nothing/*.csv").Outputs("../beside", ".git/hooks", "*.txt")
        .Executes(this, (_, _) => Task.CompletedTask);

    public Target Circular => _ => _
        .Inputs("raw/*.txt", "nothing/**").Outputs("raw")
        .Executes(this, (_, _) => Task.CompletedTask);

    public Target Pointless => _ => _
        .Inputs("raw/*.txt")
        .Executes(this, (_, _) => Task.CompletedTask);
}
