using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>Runs a build inside another program (a test): everything comes from the context, nothing from the process.</summary>
public static class BuildHost
{
    /// <summary>Runs build <typeparamref name="T"/>; the result is its exit code.</summary>
    public static Task<int> RunAsync<T>(BuildContext context, params Expression<Func<T, Target>>[] defaults) where T : NukeBuild, new() =>
        new BuildRun(new T(), context).RunAsync(build => [.. defaults.Select(expression => expression.Compile(preferInterpretation: true)((T)build))]);
}
