using System.Text.Json.Serialization;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Serving;

/// <summary>
/// How all that a server reads and writes is read and written, generated when it is compiled: a native program
/// finds nothing out about types.
/// </summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ModelServerOptions))]
[JsonSerializable(typeof(GatewayOptions))]
[JsonSerializable(typeof(RehearsalOptions))]
[JsonSerializable(typeof(ContainedModelOptions))]
[JsonSerializable(typeof(VersionStatement))]
[JsonSerializable(typeof(TrainedModel))]
[JsonSerializable(typeof(LabelledRow))]
[JsonSerializable(typeof(List<PredictionAnswer>))]
[JsonSerializable(typeof(List<ExplainedAnswer>))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(LogEntry))]
[JsonSerializable(typeof(Feedback))]
[JsonSerializable(typeof(List<Outcome>))]
[JsonSerializable(typeof(UnitEntry))]
[JsonSerializable(typeof(RouteTable))]
[JsonSerializable(typeof(RouteUpdate))]
[JsonSerializable(typeof(TrafficBatch))]
[JsonSerializable(typeof(RehearsalResult))]
[JsonSerializable(typeof(ServerReady))]
[JsonSerializable(typeof(OnlineState))]
[JsonSerializable(typeof(StoreConnections))]
[JsonSerializable(typeof(KnownConnections))]
internal sealed partial class ServerJson : JsonSerializerContext;
