using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOpsBuild.Engine;

namespace MlOpsBuild.Benchmarks;

/// <summary>
/// Builds of a thousand and ten thousand targets, each needing up to three before it, against the start of an empty program.
/// </summary>
internal static class ManyTargets
{
    private const int Times = 5;

    /// <summary>Seconds to read, plan and print <paramref name="count"/> targets, or to run them.</summary>
    public static async Task<BenchmarkResult> MeasureAsync(string name, int count, string[] arguments, double goal, double peer)
    {
        var build = Compile(count);
        var seconds = await Timed.BestAsync(Times, () => RunAsync(build, arguments));
        return new(name, seconds, EmptyProgram.Name, peer, goal);
    }

    private static async Task<double> RunAsync(Type build, string[] arguments)
    {
        var root = Directory.CreateTempSubdirectory("mlops-targets-").FullName;
        var context = new BuildContext
        {
            Arguments = arguments, Environment = new Dictionary<string, string>(), Root = root, WorkingDirectory = root,
            Console = new(TextWriter.Null, color: false),
        };
        var run = typeof(BuildHost)
            .GetMethods()
            .Single(method => method.Name == nameof(BuildHost.RunAsync) && method.GetParameters()[0].ParameterType == typeof(BuildContext))
            .MakeGenericMethod(build);
        var none = Array.CreateInstance(typeof(Expression<>).MakeGenericType(typeof(Func<,>).MakeGenericType(build, typeof(Target))), 0);
        var started = Stopwatch.GetTimestamp();
        var code = await (Task<int>)run.Invoke(null, [context, none])!;
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Directory.Delete(root, recursive: true);
        return code == 0 ? took : throw new InvalidOperationException($"the build of many targets ended with {code}");
    }

    private static Type Compile(int count)
    {
        var targets = Enumerable.Range(0, count)
            .Select(i => $"    Target T{i} => _ => _{(i == 0 ? "" : $".DependsOn({string.Join(", ", new[] { i - 1, i / 2, i / 3 }.Distinct().Where(j => j < i).Select(j => $"T{j}"))})")}.Executes(() => {{ }});");
        var source = $"using MlOpsBuild.Engine;\npublic sealed class Many : NukeBuild\n{{\n{string.Join('\n', targets)}\n}}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            $"Many{count}", [CSharpSyntaxTree.ParseText(source)], references,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        return result.Success
            ? Assembly.Load(assembly.ToArray()).GetType("Many")!
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
