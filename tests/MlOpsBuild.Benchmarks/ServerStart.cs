using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Benchmarks;

/// <summary>
/// From the start of a model server to its first answer: 200 trees of 31 leaves beside a linear model of the same columns.
/// </summary>
internal static class ServerStart
{
    private const int Columns = 12;
    private const int Times = 9;
    private const double Most = 1.3;
    private static readonly FeatureTransform Transform =
        new([.. Enumerable.Range(0, Columns).Select(column => new NumberTerm(Name(column), column, 0, 1))]);
    private static readonly FieldRule[] Fields = [.. Enumerable.Range(0, Columns)
        .Select(column => new FieldRule(Name(column), FieldKind.Real))];

    public static async Task<BenchmarkResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        try
        {
            var program = await ServerProgram.InstallAsync(
                Path.Combine(AppContext.BaseDirectory, "mlops-server"), folder, cancellationToken);
            var (linear, trees) = (
                await WriteAsync(folder, "linear", Linear(), cancellationToken),
                await WriteAsync(folder, "trees", Trees(), cancellationToken));
            var (theirs, ours) = (double.PositiveInfinity, double.PositiveInfinity);
            for (var turn = 0; turn < Times; turn++)
            {
                theirs = Math.Min(theirs, await StartAsync(folder, program, linear, cancellationToken));
                ours = Math.Min(ours, await StartAsync(folder, program, trees, cancellationToken));
            }

            return new("from a server's start to its first answer, 200 trees of 31 leaves", ours, "the linear model", theirs, Most);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> StartAsync(string root, ServerProgram program, ServedModel model, CancellationToken cancellationToken)
    {
        var environment = new EnvironmentFolder(root, "Bench", "bench", new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = root });
        using var admin = new AdminClient();
        using var http = new HttpClient();
        using var body = new StringContent(
            $"{{{string.Join(',', Fields.Select(field => $"\"{field.Name}\":0.5"))}}}", Encoding.UTF8, "application/json");
        var started = Stopwatch.GetTimestamp();
        var server = await new ServerLauncher(program, environment, TimeProvider.System)
            .ServeAsync("Bench", 1, model, null, cancellationToken);
        using var answer = await http.PostAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}/predict")), body, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await new ServerStopper(admin, TimeProvider.System).StopAsync(server, cancellationToken);
        return answer.IsSuccessStatusCode
            ? took
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task<ServedModel> WriteAsync(string folder, string name, TrainedModel model, CancellationToken cancellationToken)
    {
        var (content, path) = (CanonicalJson.Serialize(model), Path.Combine(folder, name + ".json"));
        await File.WriteAllBytesAsync(path, content, cancellationToken);
        return new(new(Digest.Of(content), path), Fields, RequestContract.Of(Fields, Fields));
    }

    private static LinearModel Linear() => new()
    {
        Target = "y", Fields = Fields, Scale = TargetTransform.Identity, Transform = Transform, Intercept = 1,
        Coefficients = new double[Columns]
    };

    private static TreesModel Trees()
    {
        var random = new SplitMix64(1);
        return new()
        {
            Target = "y", Fields = Fields, Scale = TargetTransform.Identity, Transform = Transform, Average = false,
            Outputs = [new(null) { Trees = [.. Enumerable.Range(0, 200).Select(_ => Tree(random, 30))] }]
        };
    }

    // As deep as may be: what is read and laid out is what counts here.
    private static DecisionTree Tree(SplitMix64 random, int nodes) => new(
        [.. Enumerable.Range(0, nodes).Select(node => ~node)],
        [.. Enumerable.Range(0, nodes).Select(node => node < nodes - 1 ? node + 1 : ~nodes)],
        [.. Enumerable.Range(0, nodes).Select(_ => random.NextInt(Columns))],
        [.. Enumerable.Range(0, nodes).Select(_ => (float)random.NextDouble())],
        [.. Enumerable.Range(0, nodes + 1).Select(_ => random.NextDouble())]);

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column}");
}
