using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>Everything a build takes from the world around it; given in tests, taken from the process otherwise.</summary>
public sealed record BuildContext
{
    internal const string UsualCommand = "./build.sh";

    /// <summary>Command-line words after the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Where the build's parameter files and their schema are, from <see cref="Root"/> on.</summary>
    /// <value><c>.nuke</c>; of a build project in a folder of another name, which has another build beside it, <c>.nuke/FOLDER</c>.</value>
    public string SettingsFolder { get; init; } = ".nuke";

    /// <summary>Where relative paths on the command line start.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Where lines are printed.</summary>
    public required BuildConsole Console { get; init; }

    /// <summary>What people type to start this build.</summary>
    /// <value><c>./build.sh</c> by default.</value>
    public string Command { get; init; } = UsualCommand;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancelled by Ctrl-C or SIGTERM.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>
    /// Called with each environment variable that holds a secret: the program takes it out of its own
    /// environment, so that no child inherits it.
    /// </summary>
    public Action<string> Conceal { get; init; } = _ => { };

    /// <summary>Called when a build was stopped, or left an action behind: the program ends the processes it started.</summary>
    public Action EndChildren { get; init; } = () => { };

    /// <summary>Told the plan before its first target runs.</summary>
    internal Action<IReadOnlyCollection<ExecutableTarget>> Planned { get; init; } = _ => { };

    /// <summary>Whether a build server started this process.</summary>
    public bool IsServerBuild => ServerVariables.Any(Says);

    /// <summary>Whether a variable is set to anything but <c>false</c>.</summary>
    internal bool Says(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 && value != "false";

    private static string[] ServerVariables =>
    [
        "GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_HOME", "JENKINS_URL", "TEAMCITY_VERSION",
        "BITBUCKET_BUILD_NUMBER", "CIRCLECI", "CI",
    ];
}
