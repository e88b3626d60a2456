using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Core.Fields;

/// <summary>
/// Values of earlier rows, known when a row is predicted: at time t, the one at t − <see cref="Back"/>, or those of the window that ends
/// there. In files they are computed; a request has to bring them.
/// </summary>
/// <param name="Column">Whose values.</param>
/// <param name="Back">How far back; above zero, so that nothing looks ahead.</param>
/// <param name="Window">How long the window before that is, its end included; zero for the value of one moment.</param>
/// <param name="Statistic">What is made of a window.</param>
/// <param name="Group">Only rows with the row's own value in this column; null for all.</param>
public sealed partial record PastValues(
    string Column,
    TimeSpan Back,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeSpan Window = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PastStatistic Statistic = PastStatistic.Mean,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null)
{
    /// <summary>Whether a name is of the form of <see cref="Name"/>: another version may ask for it.</summary>
    public static bool IsName(string name) => Form().IsMatch(name);

    /// <summary>The name under which a request brings it, for example <c>cnt_lag_168h</c> or <c>cnt_mean_24h_lag_1h</c>.</summary>
    [JsonIgnore]
    public string Name
    {
        get
        {
            var window = Window == default
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"_{Statistic.ToString().ToLowerInvariant()}_{Window.TotalHours}h");
            return string.Create(
                CultureInfo.InvariantCulture, $"{Column}{window}_lag_{Back.TotalHours}h{(Group == null ? "" : "_by_" + Group)}");
        }
    }

    [GeneratedRegex(@"^.+_lag_\d+(\.\d+)?h(_by_.+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
