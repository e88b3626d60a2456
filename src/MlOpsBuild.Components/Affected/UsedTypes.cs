using System.Reflection;
using System.Reflection.Emit;

namespace MlOpsBuild.Components.Affected;

/// <summary>
/// The types that a type uses: what it is made of, and what its methods name. Many types reach the same ones, and methods name the same
/// members again and again: each is looked at once.
/// </summary>
internal sealed class UsedTypes
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;
    private const byte TwoBytes = 0xfe;
    private static readonly OpCode[] Codes = OperationCodes(code => code.Size == 1);
    private static readonly OpCode[] LongCodes = OperationCodes(code => code.Size == 2);
    private readonly Dictionary<Type, IReadOnlyList<Type>> _types = [];
    private readonly Dictionary<(Module Module, int Token), IReadOnlyList<Type>> _members = [];

    /// <summary>What <paramref name="type"/> uses, each once.</summary>
    public IReadOnlyList<Type> By(Type type)
    {
        if (!_types.TryGetValue(type, out var used))
        {
            _types[type] = used = [.. Neighbours(type).Distinct()];
        }

        return used;
    }

    private IEnumerable<Type> Neighbours(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.DeclaringType is { } outer ? [outer] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetNestedTypes(Own),
        .. Attributes(type),
        .. type.GetFields(Own).SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.GetProperties(Own).SelectMany(Attributes),
        .. type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(OfMethod),
    ];

    private static IEnumerable<Type> Attributes(MemberInfo member) => member.GetCustomAttributesData().SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .Select(argument => argument.Value)
            .OfType<Type>()
            .Append(attribute.AttributeType));

    private IEnumerable<Type> OfMethod(MethodBase method) =>
    [
        .. Attributes(method),
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method is MethodInfo { ReturnType: var returned } ? [returned] : Type.EmptyTypes,
        .. method.GetMethodBody() is { } body ? OfBody(method, body) : [],
    ];

    private IEnumerable<Type> OfBody(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType!),
        .. Named(method, body.GetILAsByteArray()!),
    ];

    private List<Type> Named(MethodBase method, byte[] code)
    {
        var (named, at) = (new List<Type>(), 0);
        while (at < code.Length)
        {
            var operation = code[at] == TwoBytes ? LongCodes[code[at + 1]] : Codes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                named.AddRange(Types(method, BitConverter.ToInt32(code, at)));
            }

            at += LengthOf(operation.OperandType, code, at);
        }

        return named;
    }

    // Parameters of the method's or its type's own stand for no type: whichever method names a member, it names the same types.
    private IReadOnlyList<Type> Types(MethodBase method, int token)
    {
        if (!_members.TryGetValue((method.Module, token), out var types))
        {
            _members[(method.Module, token)] = types =
            [
                .. Types(method.Module.ResolveMember(
                    token, method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!),
            ];
        }

        return types;
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodBase { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => member.DeclaringType is { } type ? [type] : [],
    };

    private static int LengthOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => sizeof(short),
        OperandType.InlineI8 or OperandType.InlineR => sizeof(long),
        OperandType.InlineSwitch => sizeof(int) * (1 + BitConverter.ToInt32(code, at)),
        _ => sizeof(int),
    };

    private static OpCode[] OperationCodes(Func<OpCode, bool> which)
    {
        var codes = new OpCode[byte.MaxValue + 1];
        foreach (var code in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!).Where(which))
        {
            codes[code.Value & byte.MaxValue] = code;
        }

        return codes;
    }
}
