using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>What whoever starts a model server in a container tells it.</summary>
internal static class ContainedVariables
{
    /// <summary>The variables of a version.</summary>
    public static IReadOnlyDictionary<string, string> Of(int version, ServedModel model, FaultOptions? fault)
    {
        var variables = new Dictionary<string, string>
        {
            [ContainedModelOptions.VersionVariable] = version.ToString(CultureInfo.InvariantCulture),
            [ContainedModelOptions.DigestVariable] = model.Model.Digest.ToString(),
            [ContainedModelOptions.OriginVariable] = Encoding.UTF8.GetString(CanonicalJson.Serialize(model.Origin)),
        };
        if (fault != null)
        {
            variables[ContainedModelOptions.FaultVariable] = Encoding.UTF8.GetString(CanonicalJson.Serialize(fault));
        }

        return variables;
    }
}
