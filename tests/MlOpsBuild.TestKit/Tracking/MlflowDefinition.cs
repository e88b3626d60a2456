namespace MlOpsBuild.TestKit.Tracking;

/// <summary>
/// MLflow's REST interface 2.0 as it is published in service.proto, model_registry.proto and mlflow_artifacts.proto: the calls that matter
/// here, with every field of theirs. <c>!</c> is a field that a request must have, <c>[…]</c> a list; a line may go on in the next one.
/// </summary>
internal sealed class MlflowDefinition
{
    private const string Published =
        """
        call POST mlflow/experiments/create name!:string artifact_location:string tags:[Tag]
        call GET mlflow/experiments/get-by-name experiment_name!:string
        call GET mlflow/experiments/get experiment_id!:string
        call POST mlflow/runs/create experiment_id:string user_id:string run_name:string start_time:int64 tags:[Tag]
        call POST mlflow/runs/update run_id:string run_uuid:string status:RunStatus end_time:int64 run_name:string
        call GET mlflow/runs/get run_id:string run_uuid:string
        call POST mlflow/runs/search experiment_ids:[string] filter:string run_view_type:ViewType max_results:int32 \
             order_by:[string] page_token:string
        call POST mlflow/runs/log-batch run_id:string metrics:[Metric] params:[Param] tags:[Tag]
        call POST mlflow/runs/set-tag run_id:string run_uuid:string key!:string value!:string
        call POST mlflow/runs/log-inputs run_id!:string datasets:[DatasetInput] models:[ModelInput]
        call GET mlflow/metrics/get-history run_id:string run_uuid:string metric_key!:string page_token:string max_results:int32
        call POST mlflow/registered-models/create name!:string tags:[Tag] description:string
        call GET mlflow/registered-models/get name!:string
        call POST mlflow/registered-models/set-tag name!:string key!:string value!:string
        call POST mlflow/registered-models/alias name!:string alias!:string version!:string
        call GET mlflow/registered-models/alias name!:string alias!:string
        call DELETE mlflow/registered-models/alias name!:string alias!:string
        call POST mlflow/model-versions/create name!:string source!:string run_id:string tags:[Tag] run_link:string description:string
        call GET mlflow/model-versions/get name!:string version!:string
        call GET mlflow/model-versions/search filter:string max_results:int64 order_by:[string] page_token:string
        call GET mlflow/model-versions/get-download-uri name!:string version!:string
        call POST mlflow/model-versions/set-tag name!:string version!:string key!:string value!:string
        call DELETE mlflow/model-versions/delete name!:string version!:string
        message Tag key:string value:string
        message Param key:string value:string
        message Metric key:string value:double timestamp:int64 step:int64 dataset_name:string dataset_digest:string \
            model_id:string run_id:string
        message DatasetInput tags:[InputTag] dataset!:Dataset
        message InputTag key!:string value!:string
        message Dataset name!:string digest!:string source_type!:string source!:string schema:string profile:string
        message ModelInput model_id!:string
        enum RunStatus RUNNING SCHEDULED FINISHED FAILED KILLED
        enum ViewType ACTIVE_ONLY DELETED_ONLY ALL
        """;

    private readonly Dictionary<string, IReadOnlyList<MlflowField>> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _names = new(StringComparer.Ordinal);

    private MlflowDefinition()
    {
        var lines = Published.Replace("\\\n", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "call":
                    _shapes[$"{words[1]} {words[2]}"] = [.. words.Skip(3).Select(MlflowField.Parse)];
                    break;
                case "message":
                    _shapes[words[1]] = [.. words.Skip(2).Select(MlflowField.Parse)];
                    break;
                default:
                    _names[words[1]] = [.. words.Skip(2)];
                    break;
            }
        }
    }

    /// <summary>The definition.</summary>
    public static MlflowDefinition Instance { get; } = new();

    /// <summary>Fields of a call or a message; null where there is none of that name.</summary>
    public IReadOnlyList<MlflowField>? FieldsOf(string name) => _shapes.GetValueOrDefault(name);

    /// <summary>Values of an enumeration; null where there is none of that name.</summary>
    public IReadOnlyList<string>? ValuesOf(string name) => _names.GetValueOrDefault(name);
}
