using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Startup;

namespace MlOpsBuild.Engine;

/// <summary>What is static in NUKE: it answers for the build that runs in the caller's flow.</summary>
public abstract partial class NukeBuild
{
    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    public static AbsolutePath RootDirectory => RunState.Current.Context.Root;

    /// <summary><c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory => RootDirectory / ".nuke" / "temp";

    /// <summary>The built program.</summary>
    public static AbsolutePath BuildAssemblyFile =>
        AbsolutePath.Create(AppContext.BaseDirectory) / (System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name + ".dll");

    /// <summary>The folder of the built program.</summary>
    public static AbsolutePath BuildAssemblyDirectory => AbsolutePath.Create(AppContext.BaseDirectory);

    /// <summary>The folder of the build project: usually <c>build</c>.</summary>
    public static AbsolutePath BuildProjectDirectory => RootDirectory / ProgramInputs.BuildFolder(AppContext.BaseDirectory);

    /// <summary>The build project; null when its folder has none.</summary>
    public static AbsolutePath? BuildProjectFile =>
        BuildProjectDirectory.DirectoryExists() ? BuildProjectDirectory.GetFiles("*.csproj").FirstOrDefault() : null;

    /// <summary>How much is printed.</summary>
    [Parameter("How much is printed")]
    public static Verbosity Verbosity
    {
        get => RunState.Current.Verbosity;
        set => RunState.Current.Verbosity = value;
    }

    /// <summary>Where the build runs: a terminal or a build server.</summary>
    public static Host Host => RunState.Current.Host;

    /// <summary>Started by a person.</summary>
    public static bool IsLocalBuild => !RunState.Current.Context.IsServerBuild;

    /// <summary>Started by a build server.</summary>
    public static bool IsServerBuild => RunState.Current.Context.IsServerBuild;

    /// <summary>Profiles named by <c>--profile</c>, whose <c>.nuke/parameters.NAME.json</c> were read.</summary>
    public static string[] LoadedLocalProfiles => [.. RunState.Current.Profiles];

    /// <summary>Runs the build in this process; the result is the exit code.</summary>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions) where T : NukeBuild, new() =>
        BuildProgram.Main<T>(defaultTargetExpressions);
}
