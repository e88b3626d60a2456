using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Serving.Tests;

/// <summary>What was generated for the server reads and writes as reflection does, which the builds that talk to it use.</summary>
public sealed class ServerJsonTests
{
    private static readonly JsonSerializerOptions Generated = new(CanonicalJson.Options) { TypeInfoResolver = ServerJson.Default };
    private static readonly FieldRule Hour = new("hour", FieldKind.Whole, 0, 23, null, Optional: true);
    private static readonly FieldRule[] Fields =
        [
            Hour, new("plan", FieldKind.Category, Categories: ["a", "b"]), new("at", FieldKind.Time) { Zone = "Europe/Berlin" },
            new("past", FieldKind.Real) { Past = new("cnt", TimeSpan.FromHours(1), TimeSpan.FromHours(24), PastStatistic.Minimum, "plan") }
        ];

    private static readonly ClassSet Names = new(["no", "yes"], 0.4);
    private static readonly Digest Some = Digest.Of("something");
    private static readonly ServerFiles Files = new("id", "token", "/ready.json", "/log", "/program", DateTimeOffset.UnixEpoch)
    {
        Host = "/dotnet"
    };
    private static readonly FeatureTransform Transform = new(
    [
        new NumberTerm("n", 0, 1.5, double.NaN, -0.0), new SquareTerm("s", 0, 1, 2), new OneHotTerm("o", 1, [0, 1], Rare: true),
        new CrossTerm("x", 0, [1], 1, [0]), new DatePartTerm("d", 2, DatePart.Hour, [1, 2]),
        new MissingTerm("m", 0), new BinTerm("b", 0, [1, double.PositiveInfinity], Missing: true),
        new CyclicTerm("c", 0, 24, DatePart.Hour), new HashTerm("h", 1, 16, ["x"], IsText: true), new TextTerm("t", 1, ["word"], 2),
    ]);

    private static readonly DecisionTree Tree = new([~0], [~1], [0], [1.5f], [0.1, float.NaN], [float.NegativeInfinity]);

    public static TheoryData<string> Samples() => [.. All().Select(sample => sample.Key)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_written_as_reflection_writes_it(string name)
    {
        var (type, sample) = All()[name];

        JsonSerializer.Serialize(sample, Generated.GetTypeInfo(type))
            .ShouldBe(JsonSerializer.Serialize(sample, CanonicalJson.Options.GetTypeInfo(type)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Is_read_as_reflection_reads_it_whatever_is_left_out(string name)
    {
        var (type, sample) = All()[name];
        var whole = JsonSerializer.SerializeToNode(sample, CanonicalJson.Options.GetTypeInfo(type))!;

        foreach (var document in (JsonNode[])[whole, .. Without(whole)])
        {
            Read(Generated, type, document).ShouldBe(Read(CanonicalJson.Options, type, document), document.ToJsonString());
        }
    }

    // What was read, written again by reflection; or that it was refused.
    private static string Read(JsonSerializerOptions options, Type type, JsonNode document)
    {
        try
        {
            return JsonSerializer.Serialize(
                JsonSerializer.Deserialize(document, options.GetTypeInfo(type)), CanonicalJson.Options.GetTypeInfo(type));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentNullException or NullReferenceException
            or InvalidOperationException or NotSupportedException)
        {
            return "refused";
        }
    }

    // The document with each of its members left out in turn.
    private static IEnumerable<JsonNode> Without(JsonNode node)
    {
        switch (node)
        {
            case JsonObject some:
                foreach (var (name, value) in some.ToList())
                {
                    var less = some.DeepClone().AsObject();
                    less.Remove(name);
                    yield return less;
                    foreach (var inner in value == null ? [] : Without(value))
                    {
                        less = some.DeepClone().AsObject();
                        less[name] = inner;
                        yield return less;
                    }
                }

                break;
            case JsonArray array:
                foreach (var (position, value) in array.Index().ToList())
                {
                    foreach (var inner in value == null ? [] : Without(value))
                    {
                        var less = array.DeepClone().AsArray();
                        less[position] = inner;
                        yield return less;
                    }
                }

                break;
        }
    }

    private static Dictionary<string, (Type Type, object Sample)> All()
    {
        var origin = new ServedOrigin(new(["key"]), new("Bike", Some, Some), new("name", "value"));
        var contract = new RequestContract(Fields, ["hour"]) { Classes = Names, Personal = ["name"] };
        var routes = new RouteTable
        {
            Generation = 7, Baseline = new(1, 8080, "/options.json"), Canary = new(2, 8081) { Host = "m1" }, CanaryPercent = 5,
            MirrorPercent = 10, LeaseSeconds = 3.5, Warm = [new(3, 1)], Contract = contract,
            Log = new(12.5, ["name"]),
            Sticky = new("user", null),
            Change = new("id", RouteChangeKind.Promote, 1, 2, "me", "better", DateTimeOffset.UnixEpoch, "deployment"),
        };
        (string Name, Type Type, object Sample)[] samples =
        [
            (
                "model server", typeof(ModelServerOptions),
                new ModelServerOptions(Files, "Bike", 3, "/model.json", Some.ToString(), new(0.1, 20, 1.5))
                {
                    Port = 1, Known = Fields, Origin = origin, Limits = new() { BodyBytes = 1 }
                }),
            (
                "gateway", typeof(GatewayOptions),
                new GatewayOptions(Files, "Bike", 8080, -1, "/routes.json", "token") 
                {
                    AdminPort = 3, Log = new("/predictions", 5),
                    Telemetry = new(new("http://localhost:4318/v1/metrics"), false) { Headers = "a=b", IntervalMilliseconds = 7 },
                }),
            ("rehearsal", typeof(RehearsalOptions), new RehearsalOptions(1, "/rows", 30, 7, "/result", "token") { Classes = Names }),
            ("contained", typeof(ContainedModelOptions), new ContainedModelOptions("Bike", "/model.json", Some.ToString(), Fields)),
            ("fault", typeof(FaultOptions), new FaultOptions(0.5)),
            ("origin", typeof(ServedOrigin), origin),
            ("statement", typeof(VersionStatement), origin.Statement!),
            ("row", typeof(LabelledRow), new LabelledRow(new() { ["hour"] = 1, ["plan"] = "ä<b>" }, 1.25, 0.1)),
            ("row of classes", typeof(LabelledRow), new LabelledRow([], 2, new([0.1, double.NaN, 0.9]))),
            ("number", typeof(PredictionAnswer), PredictionAnswer.Of(1.1, null, 3, "id") with { OutOfRange = true }),
            ("answers", typeof(List<PredictionAnswer>), new List<PredictionAnswer>
            {
                PredictionAnswer.Of(0.3, Names, 3, "id"), PredictionAnswer.Of(new([0.2, 0.3, 0.5]), new(["a", "b", "c"]), 3, "id")
            }),
            ("problem", typeof(ProblemAnswer), new ProblemAnswer("What", [new("MLB0000", "a", "b", null, "c", "d")])),
            ("log entry", typeof(LogEntry), new LogEntry(DateTimeOffset.UnixEpoch, "id")
            {
                Version = 3, Features = new() { ["hour"] = 1 }, Prediction = new([0.1, 0.2, 0.7]), Label = 2, Status = 400,
                Milliseconds = 0.5
            }),
            ("feedback", typeof(Feedback), new Feedback("id", JsonDocument.Parse("\"yes\"").RootElement)),
            ("routes", typeof(RouteTable), routes),
            ("update", typeof(RouteUpdate), new RouteUpdate(6, routes)),
            ("view", typeof(OnlineState), new OnlineState("sha256:1", DateTimeOffset.UnixEpoch, 2, ["Degrees"])
            {
                Newest = DateTimeOffset.UnixEpoch
            }),
            ("connections", typeof(StoreConnections), new StoreConnections(new Dictionary<string, string> { ["A"] = "b" })),
            ("known", typeof(KnownConnections), new KnownConnections(["A"])),
            ("traffic", typeof(TrafficBatch), new TrafficBatch(
                1, 2, 3, [new(0.5, 9, TrafficArm.Canary, new(1.5, 0.2, null), new(2.5, null, BadEvent.Refused), 77)], [new(1, 0.1, null)])),
            (
                "rehearsed", typeof(RehearsalResult),
                new RehearsalResult(1, 2, new Dictionary<int, int> { [200] = 1 }, new Dictionary<string, int> { ["1"] = 2 })),
            ("ready", typeof(ServerReady), new ServerReady("id", "gateway", 1, 2, 3, 4)),
            (
                "explained", typeof(List<ExplainedAnswer>),
                new List<ExplainedAnswer>
                {
                    new(new(1, "a") { Label = "b", Probability = 0.5 }, [new("b", "log-odds", 0.5, [new("temp", -1.5), new("hr", 0.25)])]),
                    new(new(1, "a") { Prediction = 2 }, [new(null, "cnt", 0.5, [])]),
                }),
            ("linear", typeof(TrainedModel), new LinearModel
            {
                Target = "cnt", Fields = Fields, Range = new(0, null, true), Scale = TargetTransform.Log1p, Transform = Transform,
                Intercept = double.NaN, Coefficients = [1, -0.0], Means = [0.5, 2]
            }),
            ("softmax", typeof(TrainedModel), new SoftmaxModel
            {
                Target = "cnt", Fields = Fields, Classes = new(["a", "b", "c"]), Transform = Transform, Intercepts = [1, 2, 3],
                Coefficients = [[1], [2], [3]], Calibrated = [new(1.5, -0.5, null, null), new(null, null, [0.1, 0.9], [0, 1])],
            }),
            ("trees", typeof(TrainedModel), new TreesModel
            {
                Target = "cnt", Fields = Fields, Classes = Names, Scale = TargetTransform.Identity, Transform = Transform, Average = true,
                Outputs = [new(new Calibration(-1, 0.5)) { Trees = [Tree, Tree with { Missing = null, Rows = [3, 4] }] }]
            }),
            ("gam", typeof(TrainedModel), new GamModel
            {
                Target = "cnt", Fields = Fields, Scale = TargetTransform.Identity, Transform = Transform,
                Outputs = [new(1, [new(0, [1, double.PositiveInfinity], [0.1, 0.2], 0.15)], null)]
            }),
            ("onnx", typeof(TrainedModel), new OnnxModel { Target = "cnt", Fields = Fields, File = [1, 2], Transform = Transform }),
            (
                "mlnet", typeof(TrainedModel),
                new MlNetModel { Target = "cnt", Fields = Fields, File = [1, 2], Transform = Transform, Scale = TargetTransform.Log1p }),
            ("command", typeof(TrainedModel), new CommandModel
            {
                Target = "cnt", Fields = Fields, Command = ["python3", "x.py"], Files = new Dictionary<string, byte[]> { ["x.py"] = [1] },
                AnswersWithin = TimeSpan.FromSeconds(3)
            }),
        ];
        return samples.ToDictionary(sample => sample.Name, sample => (sample.Type, sample.Sample));
    }
}
