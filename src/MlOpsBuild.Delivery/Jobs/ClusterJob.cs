using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Jobs;

/// <summary>A program that a cluster runs once, to its end.</summary>
/// <param name="Name">Its name in the namespace, of at most 52 characters, since pods add to it.</param>
/// <param name="Pipeline">Whose stage it runs.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Image">The program's image, by digest.</param>
/// <param name="Arguments">What the program is told.</param>
/// <param name="Policy">What it needs.</param>
public sealed record ClusterJob(
    string Name, string Pipeline, string Stage, string Image, IReadOnlyList<string> Arguments, JobPolicy Policy)
{
    /// <summary>What names begin with.</summary>
    public const string Prefix = "mlops-";

    /// <summary>The folder in its container in which it may write.</summary>
    public const string Folder = "/work";

    /// <summary>The folder with the credentials of the registry, where the settings name a secret of them.</summary>
    public const string Logins = "/logins";

    /// <summary>The file into which it writes its answer, of at most 4,096 characters, before it ends well.</summary>
    public const string AnswerFile = "/dev/termination-log";

    /// <summary>How lines about it begin.</summary>
    public string Label => Name.StartsWith(Prefix, StringComparison.Ordinal) ? Name[Prefix.Length..] : Name;

    /// <summary>Variables that anybody may read.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables that travel as a secret.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
