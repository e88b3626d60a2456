namespace MlOpsBuild.Engine.Output;

/// <summary>What a host needs to speak: the console, its commands, the clock, the environment's files.</summary>
internal sealed class HostWriter(BuildConsole console, BuildContext context)
{
    /// <summary>Seconds since 1970, as section marks need them.</summary>
    public long Seconds => context.Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A line for people.</summary>
    public void Say(string text = "", ConsoleTone tone = ConsoleTone.Plain) => console.Print(text, tone);

    /// <summary>A line for the host: without colours, as it is.</summary>
    public void Command(string line) => console.Command(line);

    /// <summary>
    /// Appends to a file the host named; a host that named none, or one that cannot be written, is not worth a failed build.
    /// </summary>
    public void Append(string? path, string text)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        try
        {
            File.AppendAllText(path, console.Masked(text));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.Print($"Warning: the summary was not written to {path}: {problem.Message}", ConsoleTone.Warning);
        }
    }
}
