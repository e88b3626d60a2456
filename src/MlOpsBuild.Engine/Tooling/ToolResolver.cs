using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>Finds programs of the machine; nothing is downloaded.</summary>
public static class ToolResolver
{
    /// <summary>A program by its path.</summary>
    public static Tool GetTool(string toolPath) =>
        (arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, exitHandler) =>
        {
            using var process = ProcessTasks.StartProcess(
                toolPath, arguments.ToStringAndClear(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger);
            if (exitHandler == null)
            {
                process.AssertZeroExitCode();
            }
            else
            {
                process.AssertWaitForExit();
                exitHandler(process);
            }

            return [.. process.Output];
        };

    /// <summary>A program by its name on the search path, which is asked when the program is called.</summary>
    public static Tool GetPathTool(string name) => GetTool(name);

    /// <summary>The program that the variable <c>NAME_EXE</c> names; null where it is not set.</summary>
    public static Tool? TryGetEnvironmentTool(string name) =>
        EnvironmentInfo.GetVariable($"{name.ToUpperInvariant()}_EXE") is { Length: > 0 } path ? GetTool(path) : null;

    internal static string PathOf(string name)
    {
        if (Path.IsPathRooted(name)
            || name.Contains('/', StringComparison.Ordinal)
            || name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Path.GetFullPath(name, RunState.Current.Context.WorkingDirectory);
        }

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat", ""] : [""];
        return EnvironmentInfo.Paths.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists)
            ?? throw new ArgumentException($"Program '{name}' is not on the search path.", nameof(name));
    }
}
