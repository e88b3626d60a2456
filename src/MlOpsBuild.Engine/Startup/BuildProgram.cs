using System.Collections;
using System.Linq.Expressions;
using System.Runtime.InteropServices;
using System.Text;

namespace MlOpsBuild.Engine.Startup;

/// <summary>The process around a build: root, freshness, signals, exit code.</summary>
internal static class BuildProgram
{
    public static int Main<T>(Expression<Func<T, Target>>[] defaults) where T : NukeBuild, new()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        var arguments = Environment.GetCommandLineArgs().Skip(1).ToArray();
        var root = environment.GetValueOrDefault("MLOPS_ROOT") is { Length: > 0 } given ? given : FindRoot(Directory.GetCurrentDirectory());
        var program = AppContext.BaseDirectory;
        if (arguments is [":stamp", var since])
        {
            ProgramInputs.Stamp(root, program, since);
            return 0;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = false };
        var console = new BuildConsole(output, color: !Console.IsOutputRedirected && !environment.ContainsKey("NO_COLOR"));
        if (ProgramInputs.FirstChange(root, program) is { } change)
        {
            if (!ActsWithoutRebuild(new T(), arguments))
            {
                return Restart.Script(environment);
            }

            console.Line($"The sources changed after this program was built ({change}); acting with the last good program, without a rebuild.", ConsoleTone.Warning);
        }

        using var stopping = new CancellationTokenSource();
        var signal = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 130));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 143));
        var build = new BuildContext
        {
            Arguments = arguments,
            Environment = environment,
            Root = root,
            WorkingDirectory = environment.GetValueOrDefault("MLOPS_WORKING_DIRECTORY") is { Length: > 0 } working ? working : Directory.GetCurrentDirectory(),
            Console = console,
            Stopping = stopping.Token,
        };
        var code = BuildHost.RunAsync(build, defaults).GetAwaiter().GetResult();
        return signal != 0 ? signal : code;

        void Stop(PosixSignalContext context, int exitCode)
        {
            context.Cancel = true;
            signal = exitCode;
            console.Line("Stopping …", ConsoleTone.Warning);
            stopping.Cancel();
        }
    }

    private static bool ActsWithoutRebuild(NukeBuild build, string[] arguments)
    {
        var named = arguments.TakeWhile(argument => argument[0] != '-').ToList();
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
