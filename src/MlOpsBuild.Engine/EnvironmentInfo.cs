using System.Runtime.InteropServices;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine;

/// <summary>The machine, and what the running build was given; variables are the build's, without the secrets that it took.</summary>
public static class EnvironmentInfo
{
    /// <summary>The words behind the program's name.</summary>
    public static IReadOnlyCollection<string> CommandLineArguments => RunState.Current.Context.Arguments;

    /// <summary>Environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables => RunState.Current.Context.Environment;

    /// <summary>Folders in which programs are looked for.</summary>
    public static IReadOnlyCollection<string> Paths =>
        (GetVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The folder in which the build was started.</summary>
    public static AbsolutePath WorkingDirectory => RunState.Current.Context.WorkingDirectory;

    /// <summary>What ends a line.</summary>
    public static string NewLine => Environment.NewLine;

    /// <summary>The machine's name.</summary>
    public static string MachineName => Environment.MachineName;

    /// <summary>Whether it is a 64-bit system.</summary>
    public static bool Is64Bit => Environment.Is64BitOperatingSystem;

    /// <summary>Whether it is a 32-bit system.</summary>
    public static bool Is32Bit => !Is64Bit;

    /// <summary>Whether the processor is an ARM64.</summary>
    public static bool IsArm64 => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    /// <summary>Whether this is Windows.</summary>
    public static bool IsWin => OperatingSystem.IsWindows();

    /// <summary>Whether this is Linux.</summary>
    public static bool IsLinux => OperatingSystem.IsLinux();

    /// <summary>Whether this is macOS.</summary>
    public static bool IsOsx => OperatingSystem.IsMacOS();

    /// <summary>Whether this is Linux or macOS.</summary>
    public static bool IsUnix => IsLinux || IsOsx;

    /// <summary>Whether a variable is set.</summary>
    public static bool HasVariable(string name, bool allowEmpty = true) =>
        GetVariable(name) is { } value && (allowEmpty || value.Length > 0);

    /// <summary>A variable; null where it is not set.</summary>
    public static string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    /// <summary>A variable as a number, flag, date, duration or enum.</summary>
    /// <exception cref="ArgumentException">It is not set, or is no such value.</exception>
    public static T GetVariable<T>(string name)
    {
        var text = GetVariable(name) ?? throw new ArgumentException($"Environment variable {name} is not set.", nameof(name));
        return ValueConversion.Convert(text, typeof(T), WorkingDirectory, out var expected) is T value
            ? value
            : throw new ArgumentException($"Environment variable {name} is '{text}', not {expected}.", nameof(name));
    }
}
