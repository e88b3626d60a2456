using System.Reflection;
using MlOpsBuild.Engine.ValueInjection;

namespace MlOpsBuild.Engine.Git;

/// <summary>Injects the repository that the build lies in: <c>[GitRepository] readonly GitRepository Repository;</c>.</summary>
public sealed class GitRepositoryAttribute : ValueInjectionAttributeBase
{
    /// <inheritdoc />
    public override object? GetValue(MemberInfo member, object instance) => GitRepository.FromLocalDirectory(Build.RootDirectory);
}
