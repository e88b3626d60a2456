using System.Collections;
using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Output;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Startup;

/// <summary>The process around a build: root, freshness, signals, exit code.</summary>
internal static class BuildProgram
{
    public static int Main<T>(Expression<Func<T, Target>>[] defaults) where T : NukeBuild, new()
    {
        // The library behind digests takes some milliseconds to load: another core does it meanwhile.
        _ = Task.Run(() => Convert.ToHexStringLower(SHA256.HashData([])));
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        var arguments = Environment.GetCommandLineArgs().Skip(1).ToArray();
        var root = environment.GetValueOrDefault("MLOPS_ROOT") is { Length: > 0 } given
            ? given
            : FindRoot(OneFile() is { } file ? Path.GetDirectoryName(file)! : Directory.GetCurrentDirectory());
        var program = AppContext.BaseDirectory;
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = false };
        using var errors = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = false };
        var console = ConsoleOn(output, errors, environment);
        using var signals = new StopSignals(console);
        var context = new BuildContext
        {
            Arguments = arguments,
            Environment = environment,
            Root = root,
            SettingsFolder = ProgramInputs.SettingsFolder(
                arguments is [":stamp", _, var named] ? named : ProgramInputs.BuildFolder(program)),
            Command = Command(environment),
            WorkingDirectory = environment.GetValueOrDefault("MLOPS_WORKING_DIRECTORY") is { Length: > 0 } working
                ? working
                : Directory.GetCurrentDirectory(),
            Console = console,
            Stopping = signals.Token,
            Conceal = variable => Environment.SetEnvironmentVariable(variable, null),
            EndChildren = ChildProcesses.End,
        };
        _ = RunState.Of(context);
        if (arguments is [":stamp", var since, .. var folder])
        {
            ProgramInputs.Stamp(root, program, since, folder is [var name] ? name : ProgramInputs.UsualFolder);
            SchemaFile.Write(new T(), context);
            return 0;
        }

        // Files and declarations are looked at side by side.
        var changing = Task.Run(() => ProgramInputs.FirstChange(root, program));
        _ = ParameterDeclaration.Of(typeof(T), []);
        if (changing.GetAwaiter().GetResult() is { } change)
        {
            if (!ActsWithoutRebuild(new T(), arguments))
            {
                return Restart.Script(environment);
            }

            if (arguments.Contains("--json"))
            {
                console.KeepOutputForData();
            }

            console.Line(
                $"The sources changed after this program was built ({change}); acting with the last good program, without a rebuild.",
                ConsoleTone.Warning);
        }

        _ = Task.Run(LastRunFile.Load);
        using var writer = TextWriter.Synchronized(new ConsoleWriter(console));
        Console.SetOut(writer);
        Console.SetError(writer);
        var code = BuildHost.RunAsync(context, defaults).GetAwaiter().GetResult();
        return signals.ExitCode ?? code;
    }

    // A program of one file (dotnet run build.cs) is told by the SDK where that is.
    private static string? OneFile() => AppContext.GetData("EntryPointFilePath") as string is { Length: > 0 } path ? path : null;

    private static string Command(Dictionary<string, string> environment) =>
        environment.GetValueOrDefault("MLOPS_START_SCRIPT") is { Length: > 0 } script
            ? (script.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) ? ".\\" : "./") + Path.GetFileName(script)
        : OneFile() is { } file ? $"dotnet run {Path.GetFileName(file)} --"
        : BuildContext.UsualCommand;

    private static BuildConsole ConsoleOn(TextWriter output, TextWriter errors, Dictionary<string, string> environment)
    {
        var terminal = !Console.IsOutputRedirected && environment.GetValueOrDefault("TERM") != "dumb";
        var color = terminal && environment.GetValueOrDefault("NO_COLOR") is not { Length: > 0 };
        var width = terminal ? Width() : 0;
        return new(output, color, liveWidth: color ? width : 0, errors, width);
    }

    // A terminal may not tell how wide it is.
    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool ActsWithoutRebuild(NukeBuild build, string[] arguments)
    {
        var named = arguments.TakeWhile(argument => !argument.StartsWith('-')).ToList();
        return named.Count > 0 && named.TrueForAll(name => build.TargetsThatNeverRebuild.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder != null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, ".nuke")))
            {
                return folder.FullName;
            }
        }

        return start;
    }
}
