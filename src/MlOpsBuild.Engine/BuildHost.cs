using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>Runs a build inside another program (a test): everything comes from the context, nothing from the process.</summary>
public static class BuildHost
{
    private const int Broken = 1;

    /// <summary>Runs build <typeparamref name="T"/>; the result is its exit code.</summary>
    /// <typeparam name="T">The build class.</typeparam>
    /// <param name="context">Arguments, environment, folders, console and clock.</param>
    /// <param name="defaults">Targets to run when the arguments name none.</param>
    public static async Task<int> RunAsync<T>(BuildContext context, params Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild, new()
    {
        // Before the object is made: its initialisers may ask for the root.
        _ = RunState.Of(context);
        T build;
        try
        {
            build = new T();
        }
        catch (Exception problem)
        {
            context.Console.Print(
                $"Error: {typeof(T).Name} could not be made: {(problem is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : problem)}",
                ConsoleTone.Bad);
            return Broken;
        }

        return await new BuildRun(build, context)
            .RunAsync(build => [.. defaults.Select(expression => TargetOf(expression, (T)build))]);
    }

    // Nearly always x => x.Target, for which nothing need be compiled.
    private static Target TargetOf<T>(Expression<Func<T, Target>> expression, T build) =>
        expression.Body is MemberExpression
        {
            Expression: ParameterExpression or UnaryExpression { Operand: ParameterExpression },
            Member: System.Reflection.PropertyInfo target,
        }
            ? (Target)target.GetValue(build)!
            : expression.Compile(preferInterpretation: true)(build);

    /// <summary>Runs build <typeparamref name="T"/> in <paramref name="root"/> and gives back what it said and did.</summary>
    /// <typeparam name="T">The build class.</typeparam>
    /// <param name="arguments">Words of the command line.</param>
    /// <param name="root">A folder of its own; the build's <c>.mlops</c> and <c>.nuke</c> live there.</param>
    /// <param name="environment">Environment variables; none by default.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="defaults">Targets to run when the arguments name none.</param>
    /// <param name="cancellationToken">Stops the build as Ctrl-C would.</param>
    public static async Task<BuildOutcome> RunAsync<T>(
        IReadOnlyList<string> arguments, string root, IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null,
        IReadOnlyList<Expression<Func<T, Target>>>? defaults = null, CancellationToken cancellationToken = default)
            where T : NukeBuild, new()
    {
        using var output = new StringWriter();
        var states = new List<ExecutableTarget>();
        var context = new BuildContext
        {
            Arguments = arguments,
            Environment = environment ?? new Dictionary<string, string>(),
            Root = root,
            WorkingDirectory = root,
            Console = new(output, color: false),
            Time = time ?? TimeProvider.System,
            Stopping = cancellationToken,
            Planned = states.AddRange,
        };
        var code = await RunAsync(context, [.. defaults ?? []]);
        return new(code, output.ToString(), states);
    }
}
