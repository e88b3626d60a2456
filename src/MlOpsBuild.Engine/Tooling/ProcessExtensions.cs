namespace MlOpsBuild.Engine.Tooling;

/// <summary>How a program has to have ended.</summary>
public static class ProcessExtensions
{
    /// <summary>Waits; the program must end by itself, in time.</summary>
    /// <exception cref="ArgumentException">Its time was up.</exception>
    public static IProcess AssertWaitForExit(this IProcess? process)
    {
        Assert.True(Assert.NotNull(process).WaitForExit(), $"{process!.FileName} was ended: its time was up.");
        return process;
    }

    /// <summary>Waits; the program must end with 0.</summary>
    /// <exception cref="ArgumentException">It ended with another code, or its time was up; the last lines that
    /// it wrote are told.</exception>
    public static IProcess AssertZeroExitCode(this IProcess? process)
    {
        const int LinesTold = 5;
        process.AssertWaitForExit();
        Assert.True(
            process!.ExitCode == 0,
            $"{process.FileName} ended with exit code {process.ExitCode}.{string.Concat(process.Output.TakeLast(LinesTold).Select(line => $"\n  {line.Text}"))}");
        return process;
    }

    /// <summary>Nothing may have been written to standard error.</summary>
    public static IReadOnlyCollection<Output> EnsureOnlyStd(this IReadOnlyCollection<Output> output)
    {
        Assert.True(output.All(line => line.Type == OutputType.Std), "Something was written to standard error.");
        return output;
    }

    /// <summary>What was written to standard output.</summary>
    public static string StdToText(this IEnumerable<Output> output) =>
        string.Join(Environment.NewLine, output.Where(line => line.Type == OutputType.Std).Select(line => line.Text));
}
