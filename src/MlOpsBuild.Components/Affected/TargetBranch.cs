using System.Reflection;
using MlOpsBuild.Reporting.Publishing;

namespace MlOpsBuild.Components.Affected;

/// <summary>The branch that the change being built goes to, as the build server says it.</summary>
internal static class TargetBranch
{
    /// <summary>What stands for it in <c>--affected-by</c>: one file of a server runs for changes and for the branch itself.</summary>
    public const string Word = "target-branch";

    /// <summary>
    /// The commit or branch; null where none is known, or where it is built itself. Where the server names only the branch that is
    /// built, it goes to the one that the build class delivers from.
    /// </summary>
    /// <param name="host">What the build server says.</param>
    /// <param name="build">The build class.</param>
    public static string? Of(CodeHostContext? host, Type build)
    {
        var target = host?.TargetBranch ?? build.GetCustomAttribute<GeneratedCiAttribute>()?.Branch;

        // A fork's branch may have the name of the one that it goes to.
        var isChange = host is { Request: not null } || (host?.Reference != null && host.Reference != target);
        return host?.BaseCommit ?? (isChange ? target : null);
    }
}
