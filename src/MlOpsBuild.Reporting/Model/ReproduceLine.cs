using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Model;

/// <summary>One line for a shell that makes the same model and report on one's own machine.</summary>
internal static class ReproduceLine
{
    /// <param name="run">The run.</param>
    /// <param name="onHost">Whether a code host has the commit, so that it can be fetched.</param>
    /// <param name="command">What starts the build.</param>
    public static string Of(RunRecord run, bool onHost, string command)
    {
        var checkout = onHost && run.Source is { } source
            ? $"git fetch origin {ShellWord(source.Commit)} && git checkout {ShellWord(source.Commit)} && "
            : "";
        var data = run.Simulated ? "" : $" --data {ShellWord(run.DataSource ?? "")}";
        var set = run.Parameters.Count > 0
            ? " --set " + string.Join(' ', run.Parameters.Select(pair => ShellWord($"{pair.Key}={pair.Value}")))
            : "";
        return $"{checkout}{command} TestModel Report --pipeline {ShellWord(run.Pipeline)}{data}{set}{(run.Source?.Dirty == true ? " # not from the commit alone: there were uncommitted changes" : "")}";
    }

    // One word for a shell, on one line and without the sign that would end a code fence.
    private static string ShellWord(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace("`", "'", StringComparison.Ordinal);
        return line.All(letter => char.IsLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? line
            : "'" + line.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
